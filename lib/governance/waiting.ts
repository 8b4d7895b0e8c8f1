import { type Decision, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import {
  approvalBar,
  isoInstant,
  type LoadedReview,
  loadReviews,
  namesOf,
  standsFor,
  validApprovals,
} from '@/lib/registry'
import type { ReviewResource, ReviewStep } from './operations'
import { environmentsByVersion, type VersionInGroup } from './queries'

/** A version with what the rules on it look at. */
export interface Candidate {
  row: VersionInGroup
  /** Where it stands and is not served. */
  unserved: string[]
  loaded: LoadedReview | null
  /** Every id that stands for the caller. */
  callerIds: readonly string[]
  nameOf: (id: string) => string
}

export const versionNameOf = ({ group, version }: VersionInGroup) => `${group.name}@${version.major}`

export async function candidatesOf(ctx: Context, rows: VersionInGroup[]): Promise<Candidate[]> {
  const [environments, reviewOf, callerIds] = await Promise.all([
    environmentsByVersion(rows.map(({ version }) => version.id)),
    loadReviews(rows.map(({ version }) => version)),
    standsFor(ctx.actor),
  ])
  const loaded = rows.map(({ version }) => reviewOf(version))
  const nameOf = await namesOf([
    ...rows.map(({ version }) => version.createdBy),
    ...loaded.flatMap((one) => [
      ...(one?.hands.map(({ principalId }) => principalId) ?? []),
      ...(one?.review.submittedBy ? [one.review.submittedBy] : []),
    ]),
  ])
  return rows.map((row, at) => ({
    row,
    unserved: (environments.get(row.version.id) ?? []).flatMap((one) =>
      one.served ? [] : [one.environment],
    ),
    loaded: loaded[at] ?? null,
    callerIds,
    nameOf,
  }))
}

/** Of the version, as strict as its strictest feature. */
export const factsOf = ({ row: { group, team, version, strictest } }: Candidate): ResourceFacts => ({
  kind: 'group',
  id: group.id,
  name: group.name,
  teamId: group.ownerTeamId,
  team,
  classification: strictest,
  tags: group.tags,
  lifecycle: version.state,
  authorId: version.createdBy,
})

/** Ids of everybody with a hand in it. */
const handsOf = ({ row, loaded }: Candidate): string[] => [
  ...new Set([row.version.createdBy, ...(loaded?.hands.map(({ principalId }) => principalId) ?? [])]),
]

/** For a second person's act: the caller, if any hand in it was theirs, is its author. */
function handedFacts(ctx: Context, candidate: Candidate): ResourceFacts {
  const hands = handsOf(candidate)
  const facts = { ...factsOf(candidate), handIds: hands }
  return candidate.callerIds.some((id) => hands.includes(id)) ? { ...facts, authorId: ctx.actor.id } : facts
}

export const mayStep = (ctx: Context, candidate: Candidate, step: ReviewStep): Decision =>
  decide(ctx, `version:${step}`, step === 'submit' ? factsOf(candidate) : handedFacts(ctx, candidate))

export const mayPromote = (ctx: Context, candidate: Candidate, environment: string): Decision =>
  mayStep({ ...ctx, environment }, candidate, 'promote')

/** Why the caller's approval would not count although the policies allow it; null when it would. */
export function approvalBarOf(ctx: Context, { row, loaded, callerIds }: Candidate): string | null {
  if (!loaded) return null
  const given = validApprovals(loaded.decisions)
  if (given.some((one) => one.standsFor.some((id) => callerIds.includes(id))))
    return 'You have approved it; another person’s approval is missing.'
  return approvalBar(ctx, loaded.review, { teamId: row.group.ownerTeamId, team: row.team })
}

const steps: Partial<Record<VersionInGroup['version']['state'], ReviewStep>> = {
  draft: 'submit',
  in_review: 'approve',
  active: 'promote',
}

/** When the version came into the state that it is in. */
function sinceOf({ row: { version }, loaded }: Candidate): string {
  const submitted = loaded?.review.submittedAt
  if (version.state === 'in_review' && submitted) return isoInstant(submitted)
  if (version.state === 'active' && version.activatedAt) return isoInstant(version.activatedAt)
  return isoInstant(version.createdAt)
}

const instantOrNull = (at: string | null | undefined) => (at ? isoInstant(at) : null)

export const membersOf = (candidate: Candidate) => {
  const { row, unserved, loaded, nameOf } = candidate
  const review = row.version.state === 'in_review' ? loaded?.review : undefined
  return {
    group: row.group.name,
    version: row.version.major,
    state: row.version.state,
    change: row.version.major === 1 ? ('first' as const) : ('new_version' as const),
    classification: row.group.classification,
    owner_team: row.team,
    author: nameOf(row.version.createdBy),
    authors: [...new Set(handsOf(candidate).map(nameOf))],
    submitted_by: loaded?.review.submittedBy ? nameOf(loaded.review.submittedBy) : null,
    since: sinceOf(candidate),
    environments: unserved,
    risk: review?.risk ?? null,
    risk_reasons: review?.riskReasons ?? [],
    approvals: review && loaded ? validApprovals(loaded.decisions).map(({ byName }) => byName) : [],
    approvals_needed: review?.approvalsNeeded ?? 1,
    due_at: instantOrNull(review?.dueAt),
    change_set: review && loaded ? loaded.changeSet : null,
  }
}

/** The decision on the next step; of several environments the first in which it is allowed. */
function decisionOf(ctx: Context, candidate: Candidate, step: ReviewStep): Decision {
  if (step !== 'promote') return mayStep(ctx, candidate, step)
  const decisions = candidate.unserved.map((environment) => mayPromote(ctx, candidate, environment))
  return decisions.find(({ allowed }) => allowed) ?? decisions[0] ?? mayStep(ctx, candidate, step)
}

/** What a version waits for; null when nothing can follow in its state. */
export function waitingOf(ctx: Context, candidate: Candidate): ReviewResource | null {
  const step = steps[candidate.row.version.state]
  if (!step) return null
  const decision = decisionOf(ctx, candidate, step)
  return {
    ...membersOf(candidate),
    step,
    waits_for_me: decision.allowed && (step !== 'approve' || approvalBarOf(ctx, candidate) === null),
    waits_for: decision.whoCanHelp,
    items: 1,
    etag: step === 'approve' && candidate.loaded ? `"${candidate.loaded.review.revision}"` : null,
  }
}
