import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { listen, whenClosing } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import type { Counts } from './counts'

const channel = 'almanac_catalog'
const mostKept = 500
/** Fewer lines are counted in no time. */
const fewest = 5000
/** A certification lapses without a change: its count is counted anew by then. */
const longestMilliseconds = 60_000

interface Kept {
  counts: Map<string, { until: number; value: Counts }>
  /** Rises with every change: what was counted before one is not kept. */
  generation: number
  listening: Promise<unknown> | undefined
  isHeard: boolean
}

const kept = () =>
  singleton<Kept>('catalogCounts', () => ({
    counts: new Map(),
    generation: 0,
    listening: undefined,
    isHeard: false,
  }))

function forget() {
  kept().generation += 1
  kept().counts.clear()
}

/** Hears of changes from now on. As long as nothing is heard, nothing is kept. */
function hearChanges() {
  const state = kept()
  state.listening ??= listen(channel, forget, forget)
    .then(({ stop }) =>
      whenClosing(async () => {
        state.listening = undefined
        state.isHeard = false
        await stop()
      }),
    )
    .then(() => {
      state.isHeard = true
    })
    .catch((error: unknown) => {
      logger().warn({ err: error }, 'changes of the catalogue are not heard; counts are not kept')
      state.listening = undefined
    })
}

const dialect = new PgDialect({ casing: 'snake_case' })
/** The clock stands first among the parameters: it alone makes no other question. */
const keyOf = (statement: SQL): string => {
  const { sql, params } = dialect.sqlToQuery(statement)
  return JSON.stringify([sql, params.slice(1)])
}

/**
 * What a statement over the whole catalogue counts. Where there is much it is kept, for who asks the same with the same
 * rights, until the catalogue changes. The first parameter of the statement is the time.
 */
export async function keptCounts(
  { now }: Pick<Context, 'now'>,
  statement: SQL,
  count: (statement: SQL) => Promise<Counts>,
): Promise<Counts> {
  hearChanges()
  const state = kept()
  const key = keyOf(statement)
  const found = state.counts.get(key)
  if (found && now().getTime() < found.until) return found.value
  const { generation } = state
  const value = await count(statement)
  if (state.isHeard && generation === state.generation && value.unfiltered >= fewest) {
    if (state.counts.size >= mostKept) state.counts.clear()
    state.counts.set(key, { until: now().getTime() + longestMilliseconds, value })
  }
  return value
}
