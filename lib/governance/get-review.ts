import { listActivity } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import {
  getFeatureGroup,
  getVersion,
  misnamed,
  suggestedReviewers,
  testsOfVersion,
  unfilledFields,
} from '@/lib/registry'
import { comparedWith } from './compared-with'
import { contractOfReview } from './contract-of-review'
import { actOf, decisionsOn } from './decisions-on'
import type { ReviewAct, ReviewDetailResource, ReviewEvent } from './operations'
import { commitCounts, type VersionInGroup, versionsOfGroup } from './queries'
import { isStale } from './stale'
import { listThreads } from './threads/read'
import {
  type Candidate,
  candidatesOf,
  factsOf,
  mayPromote,
  mayStep,
  membersOf,
  versionNameOf,
} from './waiting'

const mostEvents = 50

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

async function editingOf(ctx: Context, candidate: Candidate) {
  const { group, version } = candidate.row
  if (version.state !== 'draft' && version.state !== 'in_review') return { unfilled: [], may_edit: false }
  return {
    unfilled: await unfilledFields(ctx, group.name, version.major),
    may_edit: decide(ctx, 'group:update', factsOf(candidate)).allowed,
  }
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
  return {
    threads: { open: data.filter(({ resolved }) => resolved === null).length, all: data.length },
    stale: isStale(candidate, versions),
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
  const followed = comparedWith(versions, major)
  const [counts, history] = await Promise.all([
    commitCounts(candidate.row.version.id),
    historyOf(candidate.row),
  ])
  return {
    ...membersOf(candidate),
    compared_with: followed,
    missing,
    misnamed: await misnamed(ctx, name, major),
    contract: await contractOfReview(ctx, name, major, followed),
    tests: await testsOfVersion(ctx, name, major),
    commits: candidate.unserved.map((environment) => ({
      environment,
      commits: counts.get(environment) ?? 0,
    })),
    acts: actsOf(ctx, candidate),
    history,
    ...(await editingOf(ctx, candidate)),
    ...(await discussionOf(ctx, candidate, versions)),
  }
}
