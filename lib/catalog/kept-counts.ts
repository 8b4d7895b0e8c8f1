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
const fewest = 2000
/** A certification lapses without a change: its count is counted anew by then. */
const longestMilliseconds = 60_000

interface Kept {
  counts: Map<string, { until: number; value: unknown }>
  /** Rises with every change: what was counted before one is not kept. */
  generation: number
  listening: Promise<unknown> | undefined
  isHeard: boolean
}

const keeper = () =>
  singleton<Kept>('catalogCounts', () => ({
    counts: new Map(),
    generation: 0,
    listening: undefined,
    isHeard: false,
  }))

function forget() {
  keeper().generation += 1
  keeper().counts.clear()
}

/** Hears of changes from now on. As long as nothing is heard, nothing is kept. */
function hearChanges() {
  const state = keeper()
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

/** A number that rises with every change of the catalogue; null as long as changes are not heard. */
export function catalogueState(): number | null {
  hearChanges()
  return keeper().isHeard ? keeper().generation : null
}

const dialect = new PgDialect({ casing: 'snake_case' })

/** A part of a statement with its parameters, as one text: equal for who has the same rights. */
export const textOf = (part: SQL): string => {
  const { sql, params } = dialect.sqlToQuery(part)
  return JSON.stringify([sql, params])
}

interface Counting<T> {
  statement: SQL
  /** How many of its first parameters are the clock, which alone makes no other question. */
  clocks: number
  count: (statement: SQL) => Promise<T>
  /** Whether so much was counted that it is worth keeping. */
  isMuch: (value: T) => boolean
}

const keyOf = <T>({ statement, clocks }: Counting<T>): string => {
  const { sql, params } = dialect.sqlToQuery(statement)
  return JSON.stringify([sql, params.slice(clocks)])
}

/** What a statement counts, kept for who asks the same with the same rights, until the catalogue changes. */
async function kept<T>({ now }: Pick<Context, 'now'>, counting: Counting<T>): Promise<T> {
  hearChanges()
  const state = keeper()
  const key = keyOf(counting)
  const found = state.counts.get(key)
  // The key holds the statement, and a statement is counted in one way.
  if (found && now().getTime() < found.until) return found.value as T
  const { generation } = state
  const value = await counting.count(counting.statement)
  if (state.isHeard && generation === state.generation && counting.isMuch(value)) {
    if (state.counts.size >= mostKept) state.counts.clear()
    state.counts.set(key, { until: now().getTime() + longestMilliseconds, value })
  }
  return value
}

/** What a statement over the whole catalogue counts. The first parameter of the statement is the time. */
export const keptCounts = (
  ctx: Pick<Context, 'now'>,
  statement: SQL,
  count: (statement: SQL) => Promise<Counts>,
): Promise<Counts> =>
  kept(ctx, { statement, clocks: 1, count, isMuch: ({ unfiltered }) => unfiltered >= fewest })

/** Rows that a statement over lines of the catalogue counts, of which each says in `lines` how many it stands for. */
export const keptRows = <T extends { lines: number }>(
  ctx: Pick<Context, 'now'>,
  statement: SQL,
  count: (statement: SQL) => Promise<T[]>,
): Promise<T[]> =>
  kept(ctx, {
    statement,
    clocks: 0,
    count,
    isMuch: (rows) => rows.reduce((sum, { lines }) => sum + lines, 0) >= fewest,
  })
