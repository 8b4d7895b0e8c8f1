import {
  type Column,
  commitExtras,
  type DuckDbSpine,
  type History,
  historyOf,
  identifier,
  planJoin,
  queryRows,
  scanHistory,
} from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import type { CorrelationMethod } from '../operations'
import type { FoundFeature } from '../require-feature'

/** Rows of the shared sample, over all groups. */
const mostRows = 2000

const timeColumn = '__at'
const columnOf = (at: number) => `__f${at}`

interface Joined {
  version: ServingVersion
  history: History
}

/** Keys and times of rows that stand in a history, the same ones at every look until rows come. */
function sampledKeys({ version, history }: Joined, rows: number): string {
  const keys = version.keys.map(({ name }) => identifier(name)).join(', ')
  const time = identifier(version.timestampKey)
  const columns: Column[] = [...version.keys, { name: version.timestampKey, type: { kind: 'timestamp' } }]
  const scan = scanHistory({ history, columns, extras: commitExtras(history), where: ["_op <> 'delete'"] })
  return `(SELECT DISTINCT ${keys}, ${time} AS ${timeColumn} FROM (${scan}) ORDER BY hash(${keys}, ${time}) LIMIT ${rows})`
}

/** One row a key and time, drawn from each group alike. */
function sharedSpine(joined: readonly Joined[]): DuckDbSpine {
  const [first] = joined
  if (!first) throw new TypeError('A sample needs a group.')
  const keys = first.version.keys.map(({ name, type }) => ({ name, type }))
  const each = Math.floor(mostRows / joined.length)
  return {
    path: '',
    format: 'parquet',
    columns: [...keys, { name: timeColumn, type: { kind: 'timestamp' } }],
    timestampColumn: timeColumn,
    rows: 0,
    relation: joined.map((one) => sampledKeys(one, each)).join(' UNION '),
    dispose: async () => {},
  }
}

/** Values as doubles in [−1, 1], which moves no coefficient and overflows none; what is not finite is missing. */
function longForm(joined: string, count: number): string {
  const value = (at: number) => {
    const number = `CAST(${columnOf(at)} AS DOUBLE)`
    return `CASE WHEN isfinite(${number}) THEN ${number} END`
  }
  const values = Array.from({ length: count }, (_, at) => value(at)).join(', ')
  return (
    `WITH wide AS (SELECT row_number() OVER () AS __row, [${values}] AS vs FROM (${joined})), ` +
    'flat AS (SELECT __row, unnest(range(len(vs))) AS i, unnest(vs) AS v FROM wide), ' +
    'long AS (SELECT __row, i, v / coalesce(nullif(max(abs(v)) OVER (PARTITION BY i), 0), 1) AS v FROM flat WHERE v IS NOT NULL), ' +
    'pairs AS (SELECT a.i AS i, b.i AS j, a.v AS x, b.v AS y FROM long a JOIN long b ON a.__row = b.__row AND a.i < b.i)'
  )
}

/** The rank of equal values is the mean of the places they share. */
const rankOf = (value: string) =>
  `rank() OVER (PARTITION BY i, j ORDER BY ${value}) + (count(*) OVER (PARTITION BY i, j, ${value}) - 1) / 2.0`

const pairsFor: Record<CorrelationMethod, string> = {
  pearson: 'SELECT i, j, x, y FROM pairs',
  spearman: `SELECT i, j, ${rankOf('x')} AS x, ${rankOf('y')} AS y FROM pairs`,
}

/** Each version once, in the order of the features. */
export const versionsOf = (features: readonly FoundFeature[]): ServingVersion[] => [
  ...new Map(features.map(({ version }) => [version.versionId, version])).values(),
]

export interface Measured {
  /** Rows of the sample. */
  rows: number
  /** By the places of two features, the lower first; a pair that no row holds is absent. */
  pairs: { first: number; second: number; rows: number; coefficient: number | null }[]
}

/**
 * Correlates features of one entity, each at the key and time of the sampled rows as a historical read gives it.
 * Null where a side does not vary over the rows of the pair.
 */
export async function measure(
  features: readonly FoundFeature[],
  method: CorrelationMethod,
  signal?: AbortSignal,
): Promise<Measured> {
  const versions = versionsOf(features)
  const joined = await Promise.all(
    versions.map(async (version) => ({ version, history: await historyOf(version) })),
  )
  const spine = sharedSpine(joined)
  const plan = planJoin(
    {
      spine,
      groups: joined.map(({ version, history }) => ({
        history,
        keys: Object.fromEntries(version.keys.map(({ name }) => [name, name])),
        ttlSeconds: version.ttlSeconds,
        sourceDelaySeconds: version.sourceDelaySeconds,
      })),
      outputs: features.map(({ version, feature }, at) => ({
        group: versions.findIndex(({ versionId }) => versionId === version.versionId),
        feature: feature.name,
        as: columnOf(at),
      })),
      knownAt: null,
    },
    `SELECT row_number() OVER () AS __almanac_row, * FROM (${spine.relation})`,
  )
  const sql =
    `${longForm(plan.sql, features.length)} ` +
    `SELECT i, j, count(*)::INTEGER, CASE WHEN stddev_pop(x) > 0 AND stddev_pop(y) > 0 THEN corr(x, y) END FROM (${pairsFor[method]}) GROUP BY i, j ` +
    'UNION ALL SELECT -1, -1, (SELECT count(*) FROM spine)::INTEGER, NULL'
  const rows = await queryRows(sql, plan.statements, signal)
  return measuredOf(rows)
}

function measuredOf(rows: readonly unknown[][]): Measured {
  const measured: Measured = { rows: 0, pairs: [] }
  for (const [first, second, count, coefficient] of rows) {
    if (Number(first) < 0) measured.rows = Number(count)
    else
      measured.pairs.push({
        first: Number(first),
        second: Number(second),
        rows: Number(count),
        coefficient: coefficient === null ? null : Number(coefficient),
      })
  }
  return measured
}
