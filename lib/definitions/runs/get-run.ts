import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import type { AppliedResource, PlanResource, RunResource } from '../resources'
import { findRun, unpacked } from './kept'

type Problem = NonNullable<RunResource['problem']>

/**
 * How far one's own plan or application is, and what came of it: it names what its author may see, so nobody else reads
 * it. Errors: forbidden, not_found.
 */
export async function getDefinitionRun(ctx: Context, id: string): Promise<RunResource> {
  await authorizeAtAll(ctx, 'group:create')
  const run = await findRun(id)
  const [job] = run?.createdBy === ctx.actor.id ? await db().select().from(jobs).where(eq(jobs.id, id)) : []
  if (!run || !job) throw notFound(`Run ${id}`)
  return {
    job: id,
    act: run.act,
    state: job.state,
    progress: job.progress,
    outcome: run.outcome && (await unpacked<PlanResource | AppliedResource>(run.outcome)),
    problem: run.problem
      ? await unpacked<Problem>(run.problem)
      : job.error === null
        ? null
        : { detail: job.error, errors: [] },
  }
}
