import { and, eq, inArray } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'

export interface NewJob {
  /** The name of its definition in lib/jobs. */
  kind: string
  input: Record<string, unknown>
  /** One line for people. */
  title: string
  resource: { kind: 'group' | 'dataset' | 'service' | 'system'; name: string }
  environment?: string | null
  /** Not before this instant. */
  runAfter?: Date
  /** While an unfinished job has this name, that one is meant. */
  once?: string
}

async function unfinished(executor: Executor, once: string): Promise<string | null> {
  const [row] = await executor
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.once, once), inArray(jobs.state, ['queued', 'running'])))
  return row?.id ?? null
}

async function insert(executor: Executor, ctx: Context, job: NewJob): Promise<string | null> {
  const [row] = await executor
    .insert(jobs)
    .values({
      id: newId(ctx.now().getTime()),
      kind: job.kind,
      title: job.title,
      state: 'queued',
      input: job.input,
      resourceKind: job.resource.kind,
      resourceName: job.resource.name,
      environment: job.environment ?? null,
      once: job.once ?? null,
      runAfter: job.runAfter?.toISOString() ?? null,
      createdBy: ctx.actor.id,
      createdByKey: ctx.actor.kind === 'apiKey' ? ctx.actor.keyId : null,
      createdAt: ctx.now().toISOString(),
    })
    .onConflictDoNothing()
    .returning({ id: jobs.id })
  return row?.id ?? null
}

/**
 * Queues a job in the caller's transaction: it exists when, and only when, the act that asked for it does. It runs with
 * the rights that whoever asks for it has at the time it runs. Returns its id, or that of the unfinished one of the
 * same `once`.
 */
export async function enqueue(executor: Executor, ctx: Context, job: NewJob): Promise<string> {
  for (;;) {
    const made = await insert(executor, ctx, job)
    if (made) return made
    const present = job.once === undefined ? null : await unfinished(executor, job.once)
    // Null: the one that stood in the way has ended in between.
    if (present) return present
  }
}
