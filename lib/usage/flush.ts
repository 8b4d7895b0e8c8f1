import type postgres from 'postgres'
import { sql } from '@/db/client'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { type Count, linesHeld, type ReadTarget, returnCounts, takeCounts, takeLost } from './buffer'
import { writeConsumerNames } from './consumer-names'
import { keep, nameOf, takeKept } from './journal'
import { writeReadSets } from './read-sets'
import { flushServed } from './write-served'

const linesAStatement = 5000

/** Counts that one statement writes; those who read the same share the names of it. */
interface Part {
  counts: Count[]
  /** Per count its place in `sets`. */
  places: number[]
  sets: (readonly ReadTarget[])[]
}

function partsOf(counts: Count[]): Part[] {
  const names = new Map<readonly ReadTarget[], string>()
  const parts: Part[] = []
  let places = new Map<string, number>()
  let lines = linesAStatement
  for (const count of counts) {
    const { targets } = count
    if (lines + targets.length > linesAStatement) {
      parts.push({ counts: [], places: [], sets: [] })
      places = new Map()
      lines = 0
    }
    const part = parts.at(-1) ?? { counts: [], places: [], sets: [] }
    const name = names.get(targets) ?? nameOf(targets)
    names.set(targets, name)
    const place = places.get(name) ?? part.sets.push(targets) - 1
    places.set(name, place)
    part.counts.push(count)
    part.places.push(place)
    lines += targets.length
  }
  return parts
}

/**
 * The database makes a row a feature of what comes as one line a reader, which spares the portal its thread. In one
 * order for all writers, so that two of them never wait for each other in a ring, and each row once a statement.
 */
async function write(tx: postgres.TransactionSql, { counts, places, sets }: Part): Promise<void> {
  const count = <K extends keyof Count>(name: K): Count[K][] => counts.map((one) => one[name])
  const minutes = counts.map(({ minute }) => new Date(minute * 60_000).toISOString())
  const named = sets.flatMap((targets, place) => targets.map((target) => ({ place, ...target })))
  const target = <K extends keyof ReadTarget>(name: K): ReadTarget[K][] => named.map((one) => one[name])
  await tx`
    insert into usage_minutes (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side, reads, cells)
    select minute, consumer_kind, consumer_id, group_name, version, feature, environment, side, sum(reads), sum(cells)
    from unnest(
      ${places}::int[], ${minutes}::timestamptz[], ${count('consumerKind')}::text[], ${count('consumerId')}::text[],
      ${count('side')}::text[], ${count('reads')}::bigint[], ${count('cells')}::bigint[])
      as counted (place, minute, consumer_kind, consumer_id, side, reads, cells)
    join unnest(
      ${named.map(({ place }) => place)}::int[], ${target('groupName')}::text[], ${target('version')}::int[],
      ${target('feature')}::text[], ${target('environment')}::text[])
      as named (place, group_name, version, feature, environment) using (place)
    group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side)
    do update set reads = usage_minutes.reads + excluded.reads, cells = usage_minutes.cells + excluded.cells`
}

function tellLost(): void {
  const lost = takeLost()
  if (lost > 0)
    logger().error({ reads: lost }, 'reads were not counted: usage could not be written for too long')
}

/** Stores what the buffer holds, all or nothing; what could not be stored goes back into it. */
async function store(
  work: (tx: postgres.TransactionSql, counts: Count[]) => Promise<unknown>,
): Promise<void> {
  tellLost()
  const counts = takeCounts()
  try {
    await sql().begin((tx) => work(tx, counts))
  } catch (error) {
    returnCounts(counts)
    throw error
  }
}

/** `hasKept`: the journal may hold something; at first what a process before this one left. */
const writing = () =>
  singleton('usageWriting', () => ({ last: Promise.resolve() as Promise<void>, hasKept: true }))

/** Makes rows of what the buffer and the journal hold. */
async function writeCounts(): Promise<void> {
  const state = writing()
  if (!state.hasKept && linesHeld() === 0) return tellLost()
  await store(async (tx, counts) => {
    const all = [...(await takeKept(tx)), ...counts]
    for (const part of partsOf(all)) await write(tx, part)
    await writeReadSets(tx, all)
    await writeConsumerNames(tx, all)
  })
  state.hasKept = false
}

/** Keeps what the buffer holds in one row, to be made rows of later. */
async function keepCounts(): Promise<void> {
  writing().hasKept = true
  await store((tx, counts) => keep(tx, counts))
}

/**
 * Writes what was counted; when it resolves, every read that was counted before the call is stored, also those that an
 * earlier flush had taken. On failure what is not stored goes back into the buffer, and the failure is thrown.
 */
export const flushUsage = (): Promise<void> => inTurn(writeCounts)

function inTurn(work: () => Promise<void>): Promise<void> {
  const state = writing()
  const own = state.last.catch(() => {}).then(work)
  state.last = own
  return own
}

const flushMilliseconds = 1000
/** Many readers of wide plans touch the same rows all minute long: making those more seldom is that much less work. */
const manyLines = 1000
const patientTicks = 10

/**
 * Stores each second what was read, until stopped: a crash takes the last second at most. Where it is much it is kept
 * whole, and made rows of every ten seconds; `stop` flushes once more. Started once by the process that serves.
 */
export function startUsageFlush(): { stop: () => Promise<void> } {
  return singleton('usageFlush', () => {
    let running: Promise<void> = Promise.resolve()
    let ticks = 0
    const tick = () => {
      ticks++
      const isMuch = linesHeld() > manyLines && ticks < patientTicks
      if (!isMuch) ticks = 0
      running = running
        .then(() => (isMuch ? inTurn(keepCounts) : flushUsage()))
        .then(flushServed)
        .catch((error: unknown) => logger().warn({ err: error }, 'usage was not written'))
    }
    const timer = setInterval(tick, flushMilliseconds)
    timer.unref()
    const stop = async () => {
      clearInterval(timer)
      await running
      await flushUsage()
      await flushServed()
    }
    return { stop }
  })
}
