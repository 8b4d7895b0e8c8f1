import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { trainingDatasets } from '@/db/schema'
import { missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { writeDatasetDocument } from './document'
import { datasetFacts, describedDataset } from './queries'

/** Facts of a dataset that the reader may know of. Errors: `not_found`, the same for a hidden one. */
export const datasetFactsOf = async (ctx: Context, name: string): Promise<ResourceFacts> =>
  datasetFacts(await describedDataset(ctx, name))

/**
 * Gives a dataset to another team, in the transaction of who decided it; rights and the audit row are the caller's.
 * False when it does not belong to `fromTeamId` any more: nothing is changed then. Errors: `not_found`.
 */
export async function changeDatasetOwner(
  tx: Transaction,
  ctx: Context,
  name: string,
  { fromTeamId, toTeamId }: { fromTeamId: string; toTeamId: string },
): Promise<boolean> {
  const [held] = await tx
    .select({ id: trainingDatasets.id, owner: trainingDatasets.ownerTeamId })
    .from(trainingDatasets)
    .where(eq(trainingDatasets.name, name))
    .for('update')
  if (!held) throw missing('dataset', name)
  if (held.owner !== fromTeamId) return false
  const at = ctx.now()
  await tx
    .update(trainingDatasets)
    .set({ ownerTeamId: toTeamId, updatedAt: at.toISOString() })
    .where(eq(trainingDatasets.id, held.id))
  await writeDatasetDocument(tx, held.id, at)
  return true
}
