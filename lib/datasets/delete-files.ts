import { rm } from 'node:fs/promises'
import { and, eq, sql } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { trainingDatasetVersions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { requireMatch } from '@/lib/registry'
import { filesFolder } from './folders'
import { deleteFilesInput } from './operations'
import { describedVersion } from './queries'
import { getDatasetVersion } from './read-datasets'
import type { DatasetVersionResource } from './resources'
import { authorizeChange } from './rights'
import { readable } from './state-guards'

/**
 * Deletes the files of a version; what is known about it stays. Errors: not_found, forbidden,
 * precondition_required, precondition_failed, invalid, conflict when there are none.
 */
export async function deleteDatasetFiles(
  ctx: Context,
  name: string,
  number: number,
  body: unknown,
  ifMatch: string | null,
): Promise<DatasetVersionResource> {
  await authorizeAtAll(ctx, 'dataset:create')
  const { reason } = parseInput(deleteFilesInput, body)
  const version = await describedVersion(ctx, name, number)
  const decision = await authorizeChange(
    { ...ctx, environment: version.environment },
    version.facts,
    version.createdBy,
  )
  requireMatch(ifMatch, version.revision)
  readable(version)
  await withTransaction(async (tx) => {
    const rows = await tx
      .update(trainingDatasetVersions)
      .set({
        state: 'deleted',
        filesDeletedAt: ctx.now().toISOString(),
        filesDeletedBy: ctx.actor.id,
        filesDeletedReason: reason,
        revision: sql`${trainingDatasetVersions.revision} + 1`,
      })
      .where(
        and(
          eq(trainingDatasetVersions.id, version.id),
          eq(trainingDatasetVersions.revision, version.revision),
        ),
      )
      .returning({ id: trainingDatasetVersions.id })
    if (rows.length === 0)
      throw new DomainError('precondition_failed', 'It was changed meanwhile. Read it again.')
    await record(tx, ctx, {
      action: 'dataset:create',
      resource: { kind: 'dataset', name: `${name}@${number}` },
      decision,
      reason,
      before: { files: version.files.map((file) => file.name), content_hash: version.contentHash },
      after: { files: [] },
      environment: version.environment,
    })
  })
  await rm(filesFolder(name, number), { recursive: true, force: true })
  return getDatasetVersion(ctx, name, number)
}
