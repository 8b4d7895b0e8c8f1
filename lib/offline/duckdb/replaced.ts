import type { History, ReplacedTimes } from '../port'

export const endOfTime = 2n ** 63n - 1n

/** The instant at which a history is looked at; null: now. */
export const instantOf = ({ known }: History): bigint | null => (typeof known === 'bigint' ? known : null)

/** Whether something that held from one instant until another (null: still) holds at an instant; null: now. */
export const isAt = (
  { fromMicros, toMicros }: { fromMicros: bigint; toMicros: bigint | null },
  at: bigint | null,
): boolean => (at === null ? toMicros === null : fromMicros <= at && (toMicros === null || toMicros > at))

/** Event times later than, up to and including. */
interface Times {
  after: bigint
  until: bigint
}

/** The times of a commit's rows that later runs have taken over, in order and apart. */
function timesOf(own: readonly ReplacedTimes[]): Times[] {
  const sorted = own
    .map(({ afterMicros: after, untilMicros: until }) => ({ after, until }))
    .sort((a, b) => (a.after < b.after ? -1 : 1))
  const apart: Times[] = []
  for (const { after, until } of sorted) {
    const last = apart.at(-1)
    if (last && after <= last.until) last.until = until > last.until ? until : last.until
    else apart.push({ after, until })
  }
  return apart
}

/** What later runs have taken over as the history is looked at, by the commit's `created`. */
function replacedNow(history: History): Map<bigint, { own: ReplacedTimes; times: Times[] }> {
  if (history.known === 'each' || !history.replaced?.length) return new Map()
  const at = instantOf(history)
  const byCommit = new Map<bigint, ReplacedTimes[]>()
  for (const one of history.replaced)
    if (isAt(one, at)) byCommit.set(one.createdMicros, [...(byCommit.get(one.createdMicros) ?? []), one])
  return new Map(
    [...byCommit].flatMap(([created, own]) =>
      own[0] ? [[created, { own: own[0], times: timesOf(own) }]] : [],
    ),
  )
}

/** `created` of the commits of which no row counts any more, because later runs computed all their times again. */
export function replacedWhole(history: History): Set<bigint> {
  const whole = [...replacedNow(history)].filter(([, { own, times }]) =>
    times.some(({ after, until }) => after < own.leastMicros && until >= own.greatestMicros),
  )
  return new Set(whole.map(([created]) => created))
}

/** SQL conditions that leave out rows whose window a later run has computed again; `created` and `time` are µs as SQL. */
export function replacedConditions(history: History, created: string, time: string): string[] {
  const rows = [...replacedNow(history)].flatMap(([commit, { times }]) =>
    times.map(({ after, until }) => `(${commit}::BIGINT, ${after}::BIGINT, ${until}::BIGINT)`),
  )
  if (rows.length === 0) return []
  return [
    `NOT EXISTS (SELECT 1 FROM (VALUES ${rows.join(', ')}) AS replaced(c, a, u) ` +
      `WHERE replaced.c = ${created} AND replaced.a < ${time} AND replaced.u >= ${time})`,
  ]
}

/** A SQL condition that no run in force at that instant has computed the row's window again. For `known: 'each'`. */
export function notReplacedAt({ replaced = [] }: History, created: string, time: string, at: string): string {
  if (replaced.length === 0) return 'TRUE'
  const rows = replaced.map(
    ({ createdMicros, afterMicros, untilMicros, fromMicros, toMicros }) =>
      `(${createdMicros}::BIGINT, ${afterMicros}::BIGINT, ${untilMicros}::BIGINT, ${fromMicros}::BIGINT, ${toMicros ?? endOfTime}::BIGINT)`,
  )
  return (
    `NOT EXISTS (SELECT 1 FROM (VALUES ${rows.join(', ')}) AS replaced(c, a, u, f, t) WHERE replaced.c = ${created} ` +
    `AND replaced.a < ${time} AND replaced.u >= ${time} AND replaced.f <= ${at} AND replaced.t > ${at})`
  )
}
