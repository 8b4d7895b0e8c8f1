import type { TransactionSql } from 'postgres'
import { sql } from '@/db/client'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { returnCounts, takeCounts, takeLost } from './buffer'

interface Line {
  minute: string
  consumerKind: string
  consumerId: string
  groupName: string
  version: number
  feature: string
  environment: string
  side: string
  reads: number
  cells: number
}

/** One line per primary key of usage_minutes: one statement may not touch a row twice. */
function linesOf(counts: ReturnType<typeof takeCounts>): Line[] {
  const lines = new Map<string, Line>()
  for (const { targets, reads, cells, side, consumerKind, consumerId, ...count } of counts) {
    const minute = new Date(count.minute * 60_000).toISOString()
    for (const target of targets) {
      const key = [
        minute,
        side,
        consumerKind,
        consumerId,
        target.groupName,
        target.version,
        target.feature,
        target.environment,
      ].join(' ')
      const line = lines.get(key)
      if (line) {
        line.reads += reads
        line.cells += cells
      } else {
        lines.set(key, { minute, side, consumerKind, consumerId, reads, cells, ...target })
      }
    }
  }
  // One order for all writers, so that two of them never wait for each other in a ring.
  return [...lines.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}

const linesAStatement = 5000

async function write(tx: TransactionSql, lines: Line[]): Promise<void> {
  const column = <K extends keyof Line>(name: K): Line[K][] => lines.map((line) => line[name])
  await tx`
    insert into usage_minutes (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side, reads, cells)
    select * from unnest(
      ${column('minute')}::timestamptz[], ${column('consumerKind')}::text[], ${column('consumerId')}::text[],
      ${column('groupName')}::text[], ${column('version')}::int[], ${column('feature')}::text[],
      ${column('environment')}::text[], ${column('side')}::text[], ${column('reads')}::bigint[], ${column('cells')}::bigint[])
    on conflict (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side)
    do update set reads = usage_minutes.reads + excluded.reads, cells = usage_minutes.cells + excluded.cells`
}

async function writeCounts(): Promise<void> {
  const lost = takeLost()
  if (lost > 0)
    logger().error({ reads: lost }, 'reads were not counted: usage could not be written for too long')
  const counts = takeCounts()
  if (counts.length === 0) return
  try {
    const lines = linesOf(counts)
    await sql().begin(async (tx) => {
      for (let at = 0; at < lines.length; at += linesAStatement)
        await write(tx, lines.slice(at, at + linesAStatement))
    })
  } catch (error) {
    returnCounts(counts)
    throw error
  }
}

const writing = () => singleton<{ last: Promise<void> }>('usageWriting', () => ({ last: Promise.resolve() }))

/**
 * Writes what was counted; when it resolves, every read that was counted before the call is stored, also those that an
 * earlier flush had taken. On failure the counts go back into the buffer, and the failure is thrown.
 */
export function flushUsage(): Promise<void> {
  const state = writing()
  const own = state.last.catch(() => {}).then(writeCounts)
  state.last = own
  return own
}

const flushMilliseconds = 1000

/** Flushes each second until stopped; `stop` flushes once more. Started once by the process that serves. */
export function startUsageFlush(): { stop: () => Promise<void> } {
  return singleton('usageFlush', () => {
    let running: Promise<void> = Promise.resolve()
    const tick = () => {
      running = running
        .then(flushUsage)
        .catch((error: unknown) => logger().warn({ err: error }, 'usage was not written'))
    }
    const timer = setInterval(tick, flushMilliseconds)
    timer.unref()
    const stop = async () => {
      clearInterval(timer)
      await running
      await flushUsage()
    }
    return { stop }
  })
}
