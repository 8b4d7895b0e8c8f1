import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { catalogVersion } from './group-documents'
import { environmentsOf, type GroupRow, versionsOf } from './queries'
import { recordRevision } from './record-revision'
import { type Stated, statedChanges, statedOf } from './stated'
import { updateVersion } from './version-writes'

/**
 * Makes what is newly said of a group (its texts, tags, class, owner) the next revision of the version that the
 * catalogue speaks of, on the same data. Nothing when nothing differs, or while that version is still a draft.
 */
export async function reviseTexts(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  before: Stated,
  reason?: string,
): Promise<void> {
  if (statedChanges(before, statedOf(row)).length === 0) return
  const versions = await versionsOf(row.group.id, tx)
  const served = await environmentsOf(
    versions.map((version) => version.id),
    tx,
  )
  const shown = catalogVersion(versions, served)
  if (!shown || shown.state === 'draft' || shown.state === 'in_review') return
  const version = await updateVersion(tx, shown.id, { revision: shown.revision + 1 })
  await recordRevision(tx, ctx, row, version, { reason })
}
