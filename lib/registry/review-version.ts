import type { Transaction } from '@/db/client'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState, versionFacts, versionName } from './act-on-version'
import { storedDefinition, type VersionRow } from './definition'
import { diffDefinitions, isCompatible } from './diff'
import { actInput, reasonedActInput } from './inputs'
import { environmentsOf, featuresOf, type GroupRow, versionsOf } from './queries'
import { recordApproved } from './record-revision'
import type { VersionResource } from './resources'
import { submissionsOf } from './submission'
import { applyRevision, deleteVersion, holdsData, promoteIn, updateVersion } from './version-writes'

const definitionOf = async (tx: Transaction, version: VersionRow) =>
  storedDefinition(version, await featuresOf(version.id, tx))

/** A compatible change that waited for its reviewer becomes a revision of the version before it. */
async function asRevision(tx: Transaction, version: VersionRow): Promise<VersionRow | null> {
  const base = (await versionsOf(version.groupId, tx)).find(
    (one) => one.major < version.major && one.state === 'active',
  )
  if (!base || (await holdsData(tx, [version.id]))) return null
  const next = await definitionOf(tx, version)
  if (!isCompatible(diffDefinitions(await definitionOf(tx, base), next))) return null
  await deleteVersion(tx, version.id)
  return applyRevision(tx, base, next)
}

/** Whoever submitted a version is as close to it as its author: neither approves it. */
async function authorizeForSubmission(ctx: Context, row: GroupRow, version: VersionRow): Promise<void> {
  const by = (await submissionsOf([versionName(row, version)])).get(versionName(row, version))?.by
  if (by !== undefined)
    await authorize(ctx, 'version:approve', { ...(await versionFacts(row, version)), authorId: by })
}

/** Where nothing is served yet, the approved version is served at once; elsewhere its promotion is an act of its own. */
async function promoteWhereFree(tx: Transaction, ctx: Context, version: VersionRow): Promise<void> {
  const versions = await versionsOf(version.groupId, tx)
  const served = await environmentsOf(
    versions.map((one) => one.id),
    tx,
  )
  const archived = new Set(versions.flatMap((one) => (one.state === 'archived' ? [one.id] : [])))
  const taken = new Set(
    served
      .filter((one) => one.state === 'promoted' && !archived.has(one.versionId))
      .map((one) => one.environment),
  )
  for (const { versionId, environment } of served) {
    if (versionId === version.id && !taken.has(environment)) await promoteIn(tx, ctx, version, environment)
  }
}

/**
 * Approves a version in review. Someone other than its author does. A compatible change becomes the next revision
 * of the active version; another one is active, and served wherever nothing was.
 * Errors: `forbidden` (four eyes), `conflict` unless it is in review.
 */
export async function approveVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:approve')
  const { reason } = parseInput(actInput, body ?? {})
  return actOnVersion(ctx, {
    action: 'version:approve',
    group,
    major,
    ...(reason === undefined ? {} : { reason }),
    authorize: (row, version) => authorizeForSubmission(ctx, row, version),
    apply: async (tx, row, version) => {
      requireState(row, version, 'approved', ['in_review'])
      const submission = (await submissionsOf([versionName(row, version)])).get(versionName(row, version))
      const approved =
        (await asRevision(tx, version)) ??
        (await updateVersion(tx, version.id, { state: 'active', activatedAt: ctx.now().toISOString() }))
      await recordApproved(tx, ctx, row, { draft: version, approved, submission, reason })
      if (approved.id === version.id) await promoteWhereFree(tx, ctx, approved)
      return approved
    },
  })
}

/** Sends a version in review back to its author, with the reason. */
export async function rejectVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:approve')
  const { reason } = parseInput(reasonedActInput, body)
  return actOnVersion(ctx, {
    action: 'version:approve',
    group,
    major,
    reason: `Rejected: ${reason}`,
    apply: async (tx, row, version) => {
      requireState(row, version, 'rejected', ['in_review'])
      return updateVersion(tx, version.id, { state: 'draft' })
    },
  })
}
