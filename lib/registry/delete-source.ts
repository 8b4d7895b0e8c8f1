import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { sources } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { forgetDocumentation } from '@/lib/documentation'
import { announce } from './announce'
import { removeDocuments } from './documents'
import { requireMatch } from './if-match'
import { describedUsers, inUse } from './in-use'
import { authorizeWhereItStands } from './service-places'
import { describedSource, groupsReading, lockSource, sourceFacts } from './source-queries'

/** Removes a source that feeds no group. Errors: `conflict` with the groups that it feeds. */
export async function deleteSource(ctx: Context, name: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'group:delete')
  const facts = sourceFacts(await describedSource(ctx, name))
  const decision = await authorizeWhereItStands(ctx, 'group:delete', facts)
  await withTransaction(async (tx) => {
    const { source } = await lockSource(tx, name)
    requireMatch(ifMatch, source.revision)
    const users = await groupsReading(tx, name)
    if (users.length > 0) throw inUse(`Data source ${name}`, await describedUsers(tx, ctx, users))
    await removeDocuments(tx, 'source', [name])
    await forgetDocumentation(tx, { kind: 'source', name })
    await tx.delete(sources).where(eq(sources.id, source.id))
    await record(tx, ctx, {
      action: 'group:delete',
      resource: facts,
      decision,
      before: { name, kind: source.kind, config: source.config },
      environment: null,
    })
    await announce(tx, { kind: 'source', name })
  })
}
