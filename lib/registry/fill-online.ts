import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { commits } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { systemContext } from '@/lib/identity'
import { enqueue } from '@/lib/queue'
import type { VersionRow } from './definition'

/**
 * Queues the materialization of rows that were kept offline, as soon as an environment serves their version. It is the
 * installation's own work: whoever promotes need not be allowed to write. Kind and input are those of lib/ingestion.
 */
export async function fillOnline(
  tx: Transaction,
  ctx: Context,
  group: string,
  version: VersionRow,
  environment: string,
): Promise<void> {
  if (!version.online) return
  const waiting = await tx.$count(
    commits,
    and(
      eq(commits.versionId, version.id),
      eq(commits.environment, environment),
      eq(commits.onlineState, 'offline_only'),
      isNull(commits.revertedBy),
    ),
  )
  if (waiting === 0) return
  const { actor } = systemContext()
  await enqueue(
    tx,
    { ...ctx, actor },
    {
      kind: 'materialize',
      input: { group, version: version.major, environment, from: null, to: null },
      title: `Materialize ${group}@${version.major}, which ${environment} serves now`,
      resource: { kind: 'group', name: group },
      environment,
      once: `materialize ${group}@${version.major} ${environment} null null`,
    },
  )
}
