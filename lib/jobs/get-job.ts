import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { isoOfDatabaseTime } from '@/lib/online'
import { namesOf } from '@/lib/registry'
import type { JobDetail } from './operations'
import { findJob, logOf } from './queries'
import { serializeJob } from './serialize'

/** One job with its log. Errors: not_found, also for a job that is not the caller's to see. */
export async function getJob(ctx: Context, id: string): Promise<JobDetail> {
  const row = await findJob(ctx, id)
  if (!row) throw notFound(`Job ${id}`)
  const [nameOf, log] = await Promise.all([namesOf([row.createdBy]), logOf(id)])
  return {
    ...serializeJob(row, nameOf),
    log: log.map(({ at, text }) => ({ at: isoOfDatabaseTime(at), text })),
  }
}
