import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import {
  actOnVersion,
  authorizeAct,
  authorizeOnVersion,
  factsFor,
  requireState,
  versionName,
} from './act-on-version'
import { allowedIn, placesOfVersion } from './authorize-in'
import { storedDefinition, type VersionRow } from './definition'
import { diffDefinitions, isCompatible } from './diff'
import { actInput } from './inputs'
import { requireTested } from './kept-tests'
import { environmentsOf, featuresOf, type GroupRow, versionsOf } from './queries'
import { recordApproved } from './record-revision'
import type { VersionResource } from './resources'
import { approvalBar, type DecisionOptions, requireOpenTo, validApprovals } from './review/approvals'
import { changeReview, decisionsOf, keepDecision, openReview, type ReviewRow } from './review/record'
import { assess, baseOf, followedBy } from './review/risk'
import { standsFor } from './review/stands-for'
import { tellDecided } from './review/tell'
import { applyRevision, deleteVersion, holdsData, promoteIn, updateVersion } from './version-writes'

const definitionOf = async (tx: Transaction, version: VersionRow) =>
  storedDefinition(version, await featuresOf(version.id, tx))

/** A compatible change that waited for its reviewer becomes a revision of the version before it. */
async function asRevision(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
): Promise<VersionRow | null> {
  const base = (await versionsOf(version.groupId, tx)).find(
    (one) => one.major < version.major && one.state === 'active',
  )
  if (!base || (await holdsData(tx, [version.id]))) return null
  const next = await definitionOf(tx, version)
  if (!isCompatible(diffDefinitions(await definitionOf(tx, base), next))) return null
  // It takes force wherever that version stands.
  const environments = await placesOfVersion(base.id, tx)
  await authorizeOnVersion(ctx, 'version:approve', row, version, { executor: tx, environments })
  await deleteVersion(tx, version.id)
  return applyRevision(tx, base, next)
}

/**
 * Where nothing is served yet, the approved version is served at once, if its approver may promote it there; elsewhere
 * its promotion is an act of its own.
 */
async function promoteWhereFree(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
): Promise<void> {
  const facts = await factsFor(ctx, 'version:promote', row, version, { executor: tx })
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
    if (versionId !== version.id || taken.has(environment)) continue
    if (allowedIn(ctx, 'version:promote', facts, [environment]))
      await promoteIn(tx, ctx, version, environment)
  }
}

/** What an approved draft becomes, recorded with who wrote, submitted and approved it. */
async function settle(
  tx: Transaction,
  ctx: Context,
  { row, version, review }: { row: GroupRow; version: VersionRow; review: ReviewRow },
  reason: string | undefined,
): Promise<VersionRow> {
  const approved =
    (await asRevision(tx, ctx, row, version)) ??
    (await updateVersion(tx, version.id, { state: 'active', activatedAt: ctx.now().toISOString() }))
  const { submittedBy: by, submittedAt: at } = review
  const submission = by === null || at === null ? undefined : { by, at }
  const { changeSetId: changeSet } = review
  await recordApproved(tx, ctx, row, { draft: version, approved, submission, reason, changeSet })
  if (approved.id === version.id) await promoteWhereFree(tx, ctx, row, approved)
  return approved
}

/** What was submitted against one definition is not approved against another. */
async function requireFreshBase(tx: Transaction, row: GroupRow, version: VersionRow, review: ReviewRow) {
  const now = baseOf(followedBy(await versionsOf(version.groupId, tx), version.major))
  if (review.submittedAt === null || now === review.base) return
  throw new DomainError(
    'conflict',
    `The version that ${versionName(row, version)} follows has changed since it was submitted. Withdraw it, look at the difference again, and submit it anew.`,
  )
}

/** Each approval is another person's. */
async function requireFirstApproval(tx: Transaction, ctx: Context, review: ReviewRow) {
  const given = validApprovals(await decisionsOf(review.id, tx))
  const ids = await standsFor(ctx.actor, tx)
  if (given.some((one) => one.standsFor.some((id) => ids.includes(id))))
    throw new DomainError('conflict', 'You have approved it already; another person’s approval is missing.')
  return given.length + 1
}

interface Decision extends DecisionOptions {
  reason: string | undefined
}

async function approve(
  tx: Transaction,
  ctx: Context,
  { row, version }: { row: GroupRow; version: VersionRow },
  { reason, ...options }: Decision,
): Promise<VersionRow> {
  const open = await openReview(tx, ctx, version)
  requireOpenTo(options, open)
  await requireFreshBase(tx, row, version, open)
  await requireTested(tx, row, version)
  const { decideWithinHours: _, ...assessed } = await assess(tx, ctx, row, version)
  const bar = approvalBar(ctx, assessed, { teamId: row.group.ownerTeamId, team: row.team })
  if (bar) throw new DomainError('conflict', bar)
  const given = await requireFirstApproval(tx, ctx, open)
  await keepDecision(tx, ctx, open, 'approve', reason)
  const isSettled = given >= Math.max(assessed.approvalsNeeded, options.approvalsNeeded ?? 1)
  const closed = isSettled ? { state: 'approved' as const, closedAt: ctx.now().toISOString() } : {}
  const review = await changeReview(tx, open.id, { ...assessed, ...closed })
  await tellDecided(tx, ctx, row, { review, what: 'approved', reason })
  return isSettled ? settle(tx, ctx, { row, version, review }, reason) : version
}

/**
 * Approves a version in review: nobody who had a hand in it does. Once as many people as its risk asks for have, a
 * compatible change becomes the next revision of the active version; another one is active, and served wherever
 * nothing was. Until then it stays in review.
 * Errors: `forbidden` (four eyes), `conflict` unless it is in review, for a second approval of the same person and
 * when what it follows has changed; `precondition_failed`.
 */
export async function approveVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  options: DecisionOptions = {},
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:approve')
  const { reason } = parseInput(actInput, body ?? {})
  return actOnVersion(ctx, {
    action: 'version:approve',
    group,
    major,
    ...(reason === undefined ? {} : { reason }),
    apply: (tx, row, version) => {
      requireState(row, version, 'approved', ['in_review'])
      return approve(tx, ctx, { row, version }, { reason, ...options })
    },
  })
}
