import { withTransaction } from '@/db/client'
import { type AuditEntry, authorize, record } from '@/lib/audit'
import { type Decision, decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, notFound } from '@/lib/core/errors'
import { type JobRow, requestCancel } from '@/lib/queue'
import { groupFactsOf } from '@/lib/registry'
import { getJob } from './get-job'
import type { JobDetail } from './operations'
import { findJob } from './queries'

/** One's own job needs no further right; another's is ended by whoever may do what it does. */
async function mayCancel(ctx: Context, job: JobRow): Promise<Decision> {
  if (job.createdBy === ctx.actor.id) {
    const { policyVersion } = decide(ctx, 'catalog:describe', systemResource)
    return {
      allowed: true,
      policies: ['own-job'],
      policyVersion,
      rule: 'One’s own job.',
      missing: [],
      whoCanHelp: [],
    }
  }
  if (job.resourceKind === 'group' && job.resourceName)
    return authorize(ctx, 'group:write_offline', await groupFactsOf(ctx, job.resourceName))
  return authorize(ctx, 'settings:manage', systemResource)
}

/** What the cancelled work would have done, as the audit log knows it. */
function actOf({ kind, resourceKind, resourceName }: JobRow): Pick<AuditEntry, 'action' | 'resource'> {
  const name = resourceName ?? systemResource.name
  if (kind === 'definitions') return { action: 'group:create', resource: { kind: 'system', name } }
  if (resourceKind === 'dataset') return { action: 'dataset:create', resource: { kind: 'dataset', name } }
  if (resourceKind === 'group') return { action: 'group:write_offline', resource: { kind: 'group', name } }
  return { action: 'settings:manage', resource: { kind: 'system', name } }
}

/** Ends a job before its end. Errors: not_found, forbidden, conflict (it has ended). */
export async function cancelJob(ctx: Context, id: string): Promise<JobDetail> {
  const job = await findJob(ctx, id)
  if (!job) throw notFound(`Job ${id}`)
  const decision = await mayCancel(ctx, job)
  await withTransaction(async (tx) => {
    if (!(await requestCancel(tx, id, ctx.now())))
      throw new DomainError('conflict', `Job ${id} has ended: ${job.state}.`)
    await record(tx, ctx, {
      ...actOf(job),
      decision,
      reason: `Cancelled: ${job.title ?? job.kind}`,
      environment: job.environment,
    })
  })
  return getJob(ctx, id)
}
