import { listActivity } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { baseOf, followedBy, getFeatureGroup, getVersion, suggestedReviewers } from '@/lib/registry'
import type { ReviewAct, ReviewDetailResource, ReviewEvent } from './operations'
import { commitCounts, type VersionInGroup, versionsOfGroup } from './queries'
import { listThreads } from './threads/read'
import {
  approvalBarOf,
  type Candidate,
  candidatesOf,
  mayPromote,
  mayStep,
  membersOf,
  versionNameOf,
} from './waiting'

const mostEvents = 50

const actOf = (act: ReviewAct['act'], environment: string | null, decision: Decision): ReviewAct => ({
  act,
  environment,
  allowed: decision.allowed,
  rule: decision.rule,
  who_can_help: decision.whoCanHelp,
})

/** In review: who may decide, and who may take it back. */
function decisionsOn(ctx: Context, candidate: Candidate): ReviewAct[] {
  const decision = mayStep(ctx, candidate, 'approve')
  const bar = decision.allowed ? approvalBarOf(ctx, candidate) : null
  return [
    actOf('approve', null, bar === null ? decision : { ...decision, allowed: false, rule: bar }),
    actOf('request_changes', null, decision),
    actOf('reject', null, decision),
    actOf('withdraw', null, mayStep(ctx, candidate, 'submit')),
  ]
}

/** What the version's state allows, each with the caller's right to it. */
function actsOf(ctx: Context, candidate: Candidate): ReviewAct[] {
  switch (candidate.row.version.state) {
    case 'draft':
      return [actOf('submit', null, mayStep(ctx, candidate, 'submit'))]
    case 'in_review':
      return decisionsOn(ctx, candidate)
    case 'active':
      return candidate.unserved.map((environment) =>
        actOf('promote', environment, mayPromote(ctx, candidate, environment)),
      )
    default:
      return []
  }
}

/** The version that a new one follows: the newest before it that was ever approved, else the one before it. */
function comparedWith(versions: VersionInGroup[], major: number): number | null {
  const before = versions.filter(({ version }) => version.major < major)
  const approved = before.find(({ version }) => version.activatedAt !== null)
  return (approved ?? before[0])?.version.major ?? null
}

async function missingOf(ctx: Context, name: string, major: number): Promise<string[]> {
  const [group, { features }] = await Promise.all([getFeatureGroup(ctx, name), getVersion(ctx, name, major)])
  const bare = features.filter(({ description }) => description.trim() === '').map((one) => one.name)
  return [...(group.description.trim() === '' ? [name] : []), ...bare]
}

async function historyOf(row: VersionInGroup): Promise<ReviewEvent[]> {
  const { rows } = await listActivity(
    { kind: 'group', names: [versionNameOf(row)] },
    { limit: mostEvents, offset: 0 },
  )
  return rows.map(({ id, time, actor, action, environment, reason }) => ({
    id,
    time,
    actor: actor.name,
    action,
    environment,
    reason,
  }))
}

async function discussionOf(ctx: Context, candidate: Candidate, versions: VersionInGroup[]) {
  const { row, loaded } = candidate
  if (!loaded) return { threads: { open: 0, all: 0 }, stale: false, reviewers: [], etag: '"0"' }
  const { review } = loaded
  const isWaiting = row.version.state === 'in_review'
  const [{ data }, reviewers] = await Promise.all([
    listThreads(ctx, row.group.name, row.version.major),
    isWaiting ? suggestedReviewers({ ...row, entity: null }, review) : [],
  ])
  const followed = baseOf(
    followedBy(
      versions.map(({ version }) => version),
      row.version.major,
    ),
  )
  return {
    threads: { open: data.filter(({ resolved }) => resolved === null).length, all: data.length },
    stale: isWaiting && review.submittedAt !== null && followed !== review.base,
    reviewers: reviewers.map(({ name }) => name),
    etag: `"${review.revision}"`,
  }
}

/** What one version waits for, who may take it further, and what was done. Errors: `not_found`, masked. */
export async function getReview(ctx: Context, name: string, major: number): Promise<ReviewDetailResource> {
  // Before anything else: a hidden group is the 404 of a missing one.
  const missing = await missingOf(ctx, name, major)
  const versions = await versionsOfGroup(name)
  const row = versions.find(({ version }) => version.major === major)
  const [candidate] = row ? await candidatesOf(ctx, [row]) : []
  if (!candidate) throw notFound(`Feature group ${name}@${major}`)
  const [counts, history] = await Promise.all([
    commitCounts(candidate.row.version.id),
    historyOf(candidate.row),
  ])
  return {
    ...membersOf(candidate),
    compared_with: comparedWith(versions, major),
    missing,
    commits: candidate.unserved.map((environment) => ({
      environment,
      commits: counts.get(environment) ?? 0,
    })),
    acts: actsOf(ctx, candidate),
    history,
    ...(await discussionOf(ctx, candidate, versions)),
  }
}
