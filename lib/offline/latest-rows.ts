import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { type CanonicalValue, convertKey, type FeatureType, int64Spelling } from '@/lib/core/feature-type'
import {
  deprecationHeaders,
  openFeatures,
  resolveVersion,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'
import { historyOf } from './history-of'
import { allowRead, recordRead } from './may-read'
import { offlineStore } from './offline-store'
import type { HistoryRow } from './port'

export interface LatestRowsInput {
  group: string
  version?: number
  limit: number
  /** Values of one key in the order of `primary_key`: its whole history, newest first. Absent: rows of every key. */
  key?: string[]
  int64AsString?: boolean
}

/** A body whose values are JSON texts of the store, and the headers beside it. */
export interface RowsAnswer {
  body: string
  headers: Record<string, string>
}

function keyOf({ keys }: ServingVersion, texts: string[] | undefined): CanonicalValue[] | null {
  if (!texts) return null
  if (texts.length !== keys.length) {
    const reason = `\`key\` stands ${texts.length} times; the group has ${keys.length} key columns (${keys.map(({ name }) => name).join(', ')}).`
    throw new DomainError('invalid', reason, { errors: [{ pointer: '/key', reason, code: 'keys' }] })
  }
  return keys.map(({ name, type }, index) => {
    const converted = convertKey(type, texts[index])
    if (converted.ok) return converted.value
    throw new DomainError('invalid', `${name}: ${converted.reason}`, {
      errors: [{ pointer: `/key/${index}`, reason: converted.reason, code: converted.rule, column: name }],
    })
  })
}

type Spell = (fragment: string | null) => string

const spellings = (types: FeatureType[], int64AsString: boolean): Spell[] =>
  types.map((type) => {
    const spell = int64Spelling(type, int64AsString)
    return (fragment) => (fragment === null ? 'null' : spell ? spell(fragment) : fragment)
  })

const member = (name: string, text: string) => `${JSON.stringify(name)}:${text}`

function rowText(
  version: ServingVersion,
  features: ServingFeature[],
  row: HistoryRow,
  keySpells: Spell[],
  featureSpells: Spell[],
): string {
  const cells = [
    ...version.keys.map(({ name }, index) =>
      member(name, keySpells[index]?.(row.keys[index] ?? null) ?? 'null'),
    ),
    member(version.timestampKey, `"${row.eventTime}"`),
    ...features.map((feature, index) => {
      const value = row.features[version.features.indexOf(feature)] ?? null
      return member(feature.name, featureSpells[index]?.(value) ?? 'null')
    }),
    member('_op', row.deleted ? '"delete"' : '"upsert"'),
    member('_created', `"${row.created}"`),
    member('_commit', JSON.stringify(row.commit)),
    member('_row', String(row.row)),
  ]
  return `{${cells.join(',')}}`
}

const columnsText = (version: ServingVersion, features: ServingFeature[]): string =>
  JSON.stringify([
    ...version.keys.map(({ name, typeText }) => ({ name, type: typeText, role: 'key' })),
    { name: version.timestampKey, type: 'timestamp', role: 'event_time' },
    ...features.map(({ name, typeText, role }) => ({ name, type: typeText, role })),
  ])

/**
 * The newest rows of a group's history, tombstones among them, or all of one key; as the body of the answer, with
 * every value as the store holds it. Errors: forbidden, not_found, gone, invalid, unavailable.
 */
export async function latestRows(ctx: Context, input: LatestRowsInput): Promise<RowsAnswer> {
  await authorizeAtAll(ctx, 'group:read_offline', { kind: 'group', name: input.group })
  const version = await resolveVersion(ctx, { group: input.group, version: input.version })
  const { features, omitted } = openFeatures(ctx, 'group:read_offline', version)
  const read = await allowRead(ctx, version, features)
  const key = keyOf(version, input.key)
  const rows = await offlineStore().rows(
    { history: await historyOf(version), key, latest: false, limit: input.limit },
    ctx.signal,
  )
  await withTransaction((tx) =>
    recordRead(tx, ctx, read, { rows: rows.length, ...(input.key ? { key: input.key } : {}) }),
  )
  const int64AsString = input.int64AsString ?? false
  const keySpells = spellings(
    version.keys.map(({ type }) => type),
    int64AsString,
  )
  const featureSpells = spellings(
    features.map(({ type }) => type),
    int64AsString,
  )
  const texts = rows.map((row) => rowText(version, features, row, keySpells, featureSpells))
  const lacks = omitted.length > 0 ? `,"omitted":${JSON.stringify(omitted)}` : ''
  const about = `"group":${JSON.stringify(version.groupName)},"version":${version.major},"environment":${JSON.stringify(version.environment)}`
  return {
    body: `{${about},"columns":${columnsText(version, features)},"rows":[${texts.join(',')}]${lacks}}`,
    headers: deprecationHeaders(ctx, version),
  }
}
