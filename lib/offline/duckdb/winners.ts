import type { JoinGroup, JoinRequest } from '../port'
import {
  createdMicros,
  greatestOrder,
  type HistoryScan,
  orderExpression,
  orderOf,
  scanHistory,
  tailExpression,
} from './history'
import { notHiddenAt } from './known'
import { notReplacedAt } from './replaced'
import { identifier } from './sql'

/**
 * Up to so many spine rows of one key, and so many that a row meets on average, each row of the history is compared
 * with all spine rows of its key, which sorts nothing and takes half of an as-of join's time. The first bounds what a
 * history can cost whose rows are those of the spine's most frequent keys.
 */
const mostOfOneKey = 16
const mostOnAverage = 4

/** The spine's columns that hold the keys, as SQL. */
const spineKeys = (group: JoinGroup): string[] => Object.values(group.keys).map(identifier)

/** Tells spines whose keys stand in few rows each. */
function hasFewOfEachKey(keys: string[]): string {
  const rows = `SELECT count(*) AS n FROM spine WHERE ${keys.map((key) => `${key} IS NOT NULL`).join(' AND ')} GROUP BY ${keys.join(', ')}`
  return `(SELECT coalesce(max(n) <= ${mostOfOneKey} AND sum(n * n) <= ${mostOnAverage} * sum(n), TRUE) FROM (${rows}))`
}

type Scan = Pick<HistoryScan, 'history' | 'from' | 'to'>

/**
 * Statements that make w<index>: row id, time and winner's order of every spine row that has a candidate. Variables of
 * the plan hold what a statement finds out for the next ones, which leaves out the half that is not taken.
 */
export function winners(request: JoinRequest, group: JoinGroup, index: number, scan: Scan): string[] {
  const table = `CREATE TEMP TABLE w${index} AS`
  const keys = spineKeys(group)
  if (request.knownAt === 'event') return [`${table} ${byComparing(request, group, scan, [])}`]
  if (keys.length === 0) return [`${table} ${bySorting(request, group, scan, [])}`]
  const few = `getvariable('few${index}')`
  const halves = [byComparing(request, group, scan, [few]), bySorting(request, group, scan, [`NOT ${few}`])]
  return [`SET VARIABLE few${index} = ${hasFewOfEachKey(keys)}`, `${table} ${halves.join(' UNION ALL ')}`]
}

function spineRows(request: JoinRequest, group: JoinGroup, more: string[], where: string[]): string {
  const micros = `epoch_us(${identifier(request.spine.timestampColumn)})`
  const columns = [
    '__almanac_row',
    `${micros} AS micros`,
    ...more,
    ...spineKeys(group).map((key, i) => `${key} AS k${i}`),
  ]
  return `SELECT ${columns.join(', ')} FROM spine${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''}`
}

const equalKeys = (group: JoinGroup): string[] =>
  Object.keys(group.keys).map((key, i) => `s.k${i} = h.${identifier(key)}`)

/** The last time that a spine row sees. */
const latestTime = (request: JoinRequest, { sourceDelaySeconds }: JoinGroup): string =>
  `epoch_us(${identifier(request.spine.timestampColumn)}) - ${BigInt(sourceDelaySeconds) * 1_000_000n}`

/** The greatest of all candidates. `known_at=event` bounds a second quantity, which an as-of join cannot. */
function byComparing(request: JoinRequest, group: JoinGroup, scan: Scan, where: string[]): string {
  const { schema } = group.history
  const isEvent = request.knownAt === 'event'
  const rows = scanHistory({
    ...scan,
    columns: schema.keys,
    extras: {
      __time: `epoch_us(${identifier(schema.eventTime)})`,
      __tail: tailExpression(group.history),
      ...(isEvent ? { __created: createdMicros(scan.history) } : {}),
    },
    where,
  })
  const conditions = [...equalKeys(group), 'h.__time <= s.latest']
  if (isEvent) conditions.push('h.__created <= s.micros')
  const counts = isEvent
    ? [
        notHiddenAt(group.history, 'h.__created', 's.micros'),
        notReplacedAt(group.history, 'h.__created', 'h.__time', 's.micros'),
      ]
    : []
  const spine = spineRows(request, group, [`${latestTime(request, group)} AS latest`], where)
  return (
    `SELECT s.__almanac_row, any_value(s.micros) AS micros, max(${orderOf('h.__time', 'h.__tail')}) AS __order ` +
    `FROM (${spine}) s JOIN (${rows}) h ON ${conditions.join(' AND ')}` +
    `${counts.length > 0 ? ` WHERE ${counts.join(' AND ')}` : ''} GROUP BY s.__almanac_row`
  )
}

function bySorting(request: JoinRequest, group: JoinGroup, scan: Scan, where: string[]): string {
  const { schema } = group.history
  const rows = scanHistory({
    ...scan,
    columns: schema.keys,
    extras: { __order: orderExpression(schema, tailExpression(group.history)) },
    where,
  })
  const bound = `${greatestOrder(`(${latestTime(request, group)})`)} AS bound`
  const conditions = [...equalKeys(group), 's.bound >= h.__order']
  return (
    `SELECT s.__almanac_row, s.micros, h.__order FROM (${spineRows(request, group, [bound], where)}) s ` +
    `ASOF JOIN (${rows}) h ON ${conditions.join(' AND ')}`
  )
}
