import { asc, eq, gt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { assetExamples, jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError, notFound } from '@/lib/core/errors'
import { logger } from '@/lib/core/logger'
import { type Repeated, repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'
import { enqueue } from '@/lib/queue'
import { carryOut } from './run'

type Row = typeof assetExamples.$inferSelect

/** A refusal says why; what is no refusal is written to the log, not to the page. */
function failureOf(error: unknown): string {
  if (error instanceof DomainError) return error.message
  logger().error({ err: error }, 'an example could not be run')
  return 'The portal could not run it.'
}

/** Looks whether an example works, as the installation itself: no reader is counted. Its values are not kept. */
async function lookAt(ctx: Context, row: Row): Promise<Row> {
  const found = await carryOut({ ...ctx, purpose: 'example' }, row).then(
    ({ took_ms }) => ({ worked: true, failure: null, tookMs: Math.round(took_ms) }),
    (error: unknown) => ({ worked: false, failure: failureOf(error), tookMs: 0 }),
  )
  const [after] = await db()
    .update(assetExamples)
    .set({ ...found, ranAt: ctx.now().toISOString() })
    .where(eq(assetExamples.id, row.id))
    .returning()
  return after ?? row
}

/** Looks at one. Errors: `not_found`. */
export async function look(id: string): Promise<Row> {
  const [row] = await db().select().from(assetExamples).where(eq(assetExamples.id, id))
  if (!row) throw notFound(`Example ${id}`)
  return lookAt(systemContext(), row)
}

const atOnce = 100

/** Looks at every example, one after the other. */
export async function lookAtAll(
  ctx: Context,
  progress: (done: number, total: number, message: string) => Promise<void>,
) {
  const total = await db().$count(assetExamples)
  let [done, failed, last] = [0, 0, '']
  for (;;) {
    const rows = await db()
      .select()
      .from(assetExamples)
      .where(gt(assetExamples.id, last))
      .orderBy(asc(assetExamples.id))
      .limit(atOnce)
    if (rows.length === 0) return { looked_at: done, failed }
    for (const row of rows) {
      ctx.signal.throwIfAborted()
      const { worked } = await lookAt(systemContext({ now: ctx.now, signal: ctx.signal }), row)
      done += 1
      if (!worked) failed += 1
    }
    last = rows.at(-1)?.id ?? last
    await progress(done, total, `${failed} of ${done} do not work`)
  }
}

/** Queues the look of the UTC day, once. */
async function queueDay(): Promise<void> {
  const ctx = systemContext()
  const day = ctx.now().toISOString().slice(0, 10)
  const today = sql`${jobs.kind} = 'examples_day' and ${jobs.input} ->> 'day' = ${day}`
  if ((await db().$count(jobs, today)) > 0 || (await db().$count(assetExamples)) === 0) return
  await enqueue(db(), ctx, {
    kind: 'examples_day',
    input: { day },
    title: `Look whether the examples work, ${day}`,
    resource: { kind: 'system', name: 'examples' },
    once: 'examples_day',
  })
}

/** The day begins within this time. */
const lookMilliseconds = 600_000

/** Queues the look of each day until it is stopped. */
export const startExamples = (): Repeated =>
  repeat(lookMilliseconds, 'the look at the examples is waiting', queueDay)
