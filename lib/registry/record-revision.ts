import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Executor, Transaction } from '@/db/client'
import { versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { storedDefinition, type VersionDefinition, type VersionRow } from './definition'
import { diffDefinitions } from './diff'
import { featuresOf, type GroupRow } from './queries'
import { formatAddress } from './revision-address'
import { statedChanges, statedOf } from './stated'
import { tellFollowers } from './tell-followers'
import { tellSigners } from './tell-signers'

export type RevisionRow = typeof versionRevisions.$inferSelect

/** Every definition was made by storedDefinition before it was recorded, or in its shape by the migration. */
export const recordedDefinition = ({ definition }: Pick<RevisionRow, 'definition'>): VersionDefinition =>
  definition as VersionDefinition

/** The last recorded revision before this one: of the same version, else of the greatest version below it. */
async function previousRevision(
  executor: Executor,
  { groupId, major, revision }: Pick<VersionRow, 'groupId' | 'major' | 'revision'>,
): Promise<RevisionRow | null> {
  const [row] = await executor
    .select()
    .from(versionRevisions)
    .where(
      and(
        eq(versionRevisions.groupId, groupId),
        or(
          lt(versionRevisions.major, major),
          and(eq(versionRevisions.major, major), lt(versionRevisions.revision, revision)),
        ),
      ),
    )
    .orderBy(desc(versionRevisions.major), desc(versionRevisions.revision))
    .limit(1)
  return row ?? null
}

interface Making {
  /** Who wrote it and when; absent: whoever acts, now. */
  author?: { id: string; at: string }
  reason?: string | null | undefined
  restoredFrom?: string | null | undefined
  submission?: { by: string; at: string } | undefined
  approval?: { by: string; at: string; reason: string | undefined }
  /** Of which it is a part. */
  changeSet?: string | null
}

/**
 * Records the revision that a version has just come to, in the transaction of the act that brought it into force: its
 * whole definition, what was said of its group, and what differs from the one before.
 */
export async function recordRevision(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
  making: Making,
): Promise<void> {
  const definition = storedDefinition(version, await featuresOf(version.id, tx))
  const stated = statedOf(row)
  const before = await previousRevision(tx, version)
  const at = ctx.now().toISOString()
  const { author, submission, approval } = making
  await tx.insert(versionRevisions).values({
    versionId: version.id,
    revision: version.revision,
    groupId: version.groupId,
    major: version.major,
    definition,
    stated,
    previous: before && formatAddress(before),
    changes: before
      ? [...diffDefinitions(recordedDefinition(before), definition), ...statedChanges(before.stated, stated)]
      : [],
    authorId: author?.id ?? ctx.actor.id,
    authoredAt: author?.at ?? at,
    submittedBy: submission?.by ?? null,
    submittedAt: submission?.at ?? null,
    approvedBy: approval?.by ?? null,
    approvedAt: approval?.at ?? null,
    reason: making.reason ?? null,
    approvalReason: approval?.reason ?? null,
    restoredFrom: making.restoredFrom ?? null,
    createdAt: at,
  })
  if (!before) return
  await tellFollowers(tx, ctx, row, version, making)
  if (before.major === version.major) return
  await tellSigners(tx, ctx, row, before, {
    becomes: `is followed by version ${version.major}`,
    body: making.reason ?? '',
  })
}

/** Records what a reviewed draft became: a version, or the next revision of the one that it follows. */
export const recordApproved = (
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  made: {
    draft: VersionRow
    approved: VersionRow
    submission: { by: string; at: string } | undefined
    reason: string | undefined
    changeSet: string | null
  },
): Promise<void> =>
  recordRevision(tx, ctx, row, made.approved, {
    author: { id: made.draft.createdBy, at: made.draft.createdAt },
    reason: made.draft.reason,
    restoredFrom: made.draft.restoredFrom,
    submission: made.submission,
    changeSet: made.changeSet,
    approval: { by: ctx.actor.id, at: ctx.now().toISOString(), reason: made.reason },
  })
