import { setTimeout as wait } from 'node:timers/promises'
import type postgres from 'postgres'
import { sql } from '@/db/client'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { type Count, linesHeld, type ReadTarget, returnCounts, takeCounts, takeLost } from './buffer'
import { writeConsumerNames } from './consumer-names'
import { foldPending, keepPending, namesOf } from './pending'
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
    const name = namesOf(targets).id
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

const writing = () => singleton('usageWriting', () => ({ last: Promise.resolve() as Promise<void> }))

/** Makes rows of what the buffer holds. */
async function writeCounts(): Promise<void> {
  if (linesHeld() === 0) return tellLost()
  await store(async (tx, counts) => {
    for (const part of partsOf(counts)) await write(tx, part)
    await writeReadSets(tx, counts)
    await writeConsumerNames(tx, counts)
  })
}

/** Keeps what the buffer holds, to be made rows of later. */
async function keepCounts(): Promise<void> {
  await store(async (tx, counts) => {
    await keepPending(tx, counts)
    await writeReadSets(tx, counts)
    await writeConsumerNames(tx, counts)
  })
}

/** Makes rows of a little of what is kept; false when nothing is left. */
async function foldSome(): Promise<boolean> {
  const rows = await sql().begin((tx) => foldPending(tx))
  return rows > 0
}

/** Also of what other processes keep, or left. */
async function foldAll(): Promise<void> {
  while (await foldSome());
}

/**
 * Writes what was counted; when it resolves, every read that was counted before the call is stored, also those that an
 * earlier flush had taken. On failure what is not stored goes back into the buffer, and the failure is thrown.
 */
export const flushUsage = (): Promise<void> =>
  inTurn(async () => {
    await writeCounts()
    await foldAll()
  })

function inTurn(work: () => Promise<void>): Promise<void> {
  const state = writing()
  const own = state.last.catch(() => {}).then(work)
  state.last = own
  return own
}

const flushMilliseconds = 1000
/** Many readers of wide plans touch the same rows all minute long: making those once a minute is that much less work. */
const manyLines = 1000
const foldTicks = 60
/** Between two pieces, so that reads hardly meet them. */
const pauseMilliseconds = 100

/** `foldAll` piece by piece, with pauses in which counts are kept and the database does other things. */
async function foldSlowly(signal: AbortSignal): Promise<void> {
  for (let isLeft = true; isLeft; ) {
    await inTurn(async () => {
      isLeft = await foldSome()
    })
    await wait(pauseMilliseconds, undefined, { signal })
  }
}

/**
 * Stores each second what was read, until stopped: a crash takes the last second at most. Where it is much it is kept
 * by reader, and made rows a feature of each minute; `stop` flushes once more. Started once by the process that serves.
 */
export function startUsageFlush(): { stop: () => Promise<void> } {
  return singleton('usageFlush', () => {
    const end = new AbortController()
    const warn = (error: unknown) => logger().warn({ err: error }, 'usage was not written')
    let running: Promise<void> = Promise.resolve()
    let folding: Promise<void> | null = null
    let ticks = 0
    const fold = () => {
      folding ??= foldSlowly(end.signal)
        .catch((error: unknown) => (end.signal.aborted ? undefined : warn(error)))
        .finally(() => {
          folding = null
        })
    }
    const tick = () => {
      const isMuch = linesHeld() > manyLines
      running = running
        .then(() => inTurn(isMuch ? keepCounts : writeCounts))
        .then(flushServed)
        .catch(warn)
      ticks = (ticks + 1) % foldTicks
      if (ticks === 0) fold()
    }
    const timer = setInterval(tick, flushMilliseconds)
    timer.unref()
    const stop = async () => {
      clearInterval(timer)
      end.abort()
      await folding
      await running
      await flushUsage()
      await flushServed()
    }
    return { stop }
  })
}
