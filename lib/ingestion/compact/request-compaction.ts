import { z } from 'zod'
import { db, type Executor } from '@/db/client'
import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { enqueue } from '@/lib/queue'
import { resolveVersion } from '@/lib/registry'
import type { QueuedResource } from '../operations'
import { type Compaction, compactGroup } from './compact-group'

export const compactionInput = z.object({
  group: z.string(),
  version: z.number(),
  environment: z.string(),
  least: z.number(),
})
type Input = z.output<typeof compactionInput>

/** One compaction of a version at a time; a second request means the one that is under way. */
export const queueCompaction = (executor: Executor, ctx: Context, input: Input): Promise<string> =>
  enqueue(executor, ctx, {
    kind: 'compact',
    input,
    title: `Merge small files of ${input.group}@${input.version}`,
    resource: { kind: 'group', name: input.group },
    environment: input.environment,
    once: `compact ${input.group}@${input.version} ${input.environment}`,
  })

/** Queues the merging of a version's small files. Errors: forbidden, not_found. */
export async function requestCompaction(
  ctx: Context,
  target: { group: string; version?: number | undefined },
): Promise<QueuedResource> {
  await authorizeAtAll(ctx, 'group:write_offline')
  const version = await resolveVersion(ctx, target)
  await authorize(ctx, 'group:write_offline', version.resource)
  const { groupName: group, major, environment } = version
  return { job: await queueCompaction(db(), ctx, { group, version: major, environment, least: 2 }) }
}

interface Run {
  ctx: Context
  input: Input
  progress: (done: number, total: number | null, message: string) => Promise<void>
}

/** The job itself; whoever asked for it must still be allowed to write. */
export async function runCompaction({
  ctx,
  input,
  progress,
}: Run): Promise<Compaction & Record<string, unknown>> {
  const version = await resolveVersion(ctx, { group: input.group, version: input.version }, input.environment)
  await authorize(ctx, 'group:write_offline', version.resource)
  return { ...(await compactGroup(ctx, input, progress)) }
}
