import { type Decision, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant, namesOf, submissionsOf } from '@/lib/registry'
import type { ReviewResource, ReviewStep } from './operations'
import { environmentsByVersion, type VersionInGroup } from './queries'

/** A version with what the rules on it look at. */
export interface Candidate {
  row: VersionInGroup
  /** Where it stands and is not served. */
  unserved: string[]
  submission: { by: string; name: string; at: string } | null
  author: string
}

export const versionNameOf = ({ group, version }: VersionInGroup) => `${group.name}@${version.major}`

export async function candidatesOf(rows: VersionInGroup[]): Promise<Candidate[]> {
  const [environments, submissions, nameOf] = await Promise.all([
    environmentsByVersion(rows.map(({ version }) => version.id)),
    submissionsOf(rows.map(versionNameOf)),
    namesOf(rows.map(({ version }) => version.createdBy)),
  ])
  return rows.map((row) => ({
    row,
    unserved: (environments.get(row.version.id) ?? []).flatMap((one) =>
      one.served ? [] : [one.environment],
    ),
    submission: submissions.get(versionNameOf(row)) ?? null,
    author: nameOf(row.version.createdBy),
  }))
}

const factsOf = ({ row: { group, team, version, strictest } }: Candidate): ResourceFacts => ({
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

export const mayStep = (ctx: Context, candidate: Candidate, step: ReviewStep): Decision =>
  step === 'approve' ? mayApprove(ctx, candidate) : decide(ctx, `version:${step}`, factsOf(candidate))

/** Neither the author nor whoever submitted it approves it. */
function mayApprove(ctx: Context, candidate: Candidate): Decision {
  const facts = factsOf(candidate)
  const decision = decide(ctx, 'version:approve', facts)
  const by = candidate.submission?.by
  if (!decision.allowed || by === undefined) return decision
  return decide(ctx, 'version:approve', { ...facts, authorId: by })
}

/** Sending back asks for less than approving: whoever submitted it may be the one. */
export const mayReject = (ctx: Context, candidate: Candidate): Decision =>
  decide(ctx, 'version:approve', factsOf(candidate))

export const mayPromote = (ctx: Context, candidate: Candidate, environment: string): Decision =>
  mayStep({ ...ctx, environment }, candidate, 'promote')

const steps: Partial<Record<VersionInGroup['version']['state'], ReviewStep>> = {
  draft: 'submit',
  in_review: 'approve',
  active: 'promote',
}

/** When the version came into the state that it is in. */
function sinceOf({ row: { version }, submission }: Candidate): string {
  if (version.state === 'in_review' && submission) return submission.at
  if (version.state === 'active' && version.activatedAt) return isoInstant(version.activatedAt)
  return isoInstant(version.createdAt)
}

export const membersOf = (candidate: Candidate) => {
  const { row, unserved, submission, author } = candidate
  return {
    group: row.group.name,
    version: row.version.major,
    state: row.version.state,
    change: row.version.major === 1 ? ('first' as const) : ('new_version' as const),
    classification: row.group.classification,
    owner_team: row.team,
    author,
    submitted_by: submission?.name ?? null,
    since: sinceOf(candidate),
    environments: unserved,
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
    waits_for_me: decision.allowed,
    waits_for: decision.whoCanHelp,
  }
}
