import {
  type Column,
  commitExtras,
  type DuckDbSpine,
  historyOf,
  identifier,
  knownAt,
  scanHistory,
  sqlTimestamp,
} from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { typedSpine } from './typed-spine'

export interface GroupRange {
  version: ServingVersion
  /** Features of the group that come along; its labels do not. */
  columns: string[]
  /** Event times, both inclusive. */
  fromMicros: bigint | null
  toMicros: bigint | null
}

/** The rows of a label group in a range of time, as known at an instant: one a key and time, ordered by time and key. */
export async function groupSpine(
  { version, columns: wanted, fromMicros, toMicros }: GroupRange,
  knownAtMicros: bigint,
  keys: readonly Column[],
  timestampColumn: string,
): Promise<DuckDbSpine> {
  const history = knownAt(await historyOf(version, true), knownAtMicros)
  const time: Column = { name: version.timestampKey, type: { kind: 'timestamp' } }
  const features = version.features.filter(({ name }) => wanted.includes(name))
  const columns: Column[] = [...version.keys, time, ...features].map(({ name, type }) => ({ name, type }))
  const scan = scanHistory({
    history,
    columns,
    extras: { ...commitExtras(history), __row: '_row', __deleted: "_op = 'delete'" },
    from: fromMicros === null ? null : sqlTimestamp(fromMicros),
    to: toMicros === null ? null : sqlTimestamp(toMicros),
  })
  const own = [...version.keys.map(({ name }) => name), time.name].map(identifier)
  const newest = `row_number() OVER (PARTITION BY ${own.join(', ')} ORDER BY __deleted DESC, _created DESC, __row DESC)`
  const names = columns.map(({ name }) => identifier(name)).join(', ')
  const order = [identifier(time.name), ...version.keys.map(({ name }) => identifier(name))].join(', ')
  const relation = `SELECT ${names} FROM (SELECT *, ${newest} AS __n FROM (${scan})) WHERE __n = 1 AND NOT __deleted ORDER BY ${order}`
  return typedSpine(relation, columns, timestampColumn, keys)
}
