import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { features, reviewThreads } from '@/db/schema'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { changesOfVersions, isoInstant, namesOf } from '@/lib/registry'
import type {
  ChangeSetAct,
  ChangeSetItem,
  ChangeSetResource,
  ChangeSetSummary,
} from '../change-set-operations'
import { comparedWith } from '../compared-with'
import { decisionsOn } from '../decisions-on'
import { versionsOfGroups } from '../queries'
import { isStale } from '../stale'
import { type Candidate, factsOf, membersOf, versionNameOf } from '../waiting'
import { type ChangeSetRow, type SeenSet, seenSet, setEtag } from './rows'

const levels = ['low', 'medium', 'high'] as const

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

export async function summaryOf(set: ChangeSetRow, count: number): Promise<ChangeSetSummary> {
  const nameOf = await namesOf([set.createdBy, ...(set.decidedBy === null ? [] : [set.decidedBy])])
  return {
    id: set.id,
    title: set.title,
    reason: set.reason,
    state: set.state,
    author: nameOf(set.createdBy),
    created_at: isoInstant(set.createdAt),
    decided:
      set.decidedBy === null || set.decidedAt === null
        ? null
        : { by: nameOf(set.decidedBy), at: isoInstant(set.decidedAt), reason: set.decisionReason },
    item_count: count,
    etag: setEtag(set),
  }
}

type Versions = Awaited<ReturnType<typeof versionsOfGroups>>

/** What each version changes, as the caller may see it. */
async function changedItems(
  ctx: Context,
  candidates: readonly Candidate[],
  versions: Versions,
): Promise<ChangeSetItem[]> {
  const pairs = candidates.flatMap(({ row }) => {
    const all = versions.get(row.group.id) ?? []
    const from = comparedWith(all, row.version.major)
    const before = all.find(({ version }) => version.major === from)
    return before ? [{ row, from: before.version, to: row.version }] : []
  })
  const differences = await changesOfVersions(ctx, pairs)
  const byVersion = new Map(pairs.map(({ from, to }, at) => [to.id, { from, diff: differences[at] }]))
  return candidates.map((candidate) => {
    const { group, version, state, owner_team, classification } = membersOf(candidate)
    const compared = byVersion.get(candidate.row.version.id)
    return {
      group,
      version,
      state,
      owner_team,
      classification,
      risk: candidate.loaded?.review.risk ?? null,
      compatible: compared?.diff?.compatible ?? null,
      changes: compared?.diff?.changes.length ?? 0,
      compared_with: compared?.from.major ?? null,
    }
  })
}

/** An act on the set is allowed when it is on every version. */
function actsOf(ctx: Context, { set, candidates, isWhole }: SeenSet): ChangeSetAct[] {
  if (set.state !== 'in_review') return []
  const each = candidates.map((candidate) => decisionsOn(ctx, candidate))
  return (['approve', 'request_changes', 'reject', 'withdraw'] as const).map((act) => {
    const decisions = each.flatMap((acts) => acts.find((one) => one.act === act) ?? [])
    const refusal = decisions.find(({ allowed }) => !allowed)
    const rule = isWhole ? '' : 'You may not know of everything in this change set.'
    return {
      act,
      allowed: isWhole && refusal === undefined && decisions.length > 0,
      rule: refusal?.rule ?? rule,
      who_can_help: refusal?.who_can_help ?? [],
    }
  })
}

/** Open threads that the caller may know of: a feature may be stricter than its group. */
async function openThreadsOf(ctx: Context, candidates: Candidate[]): Promise<number> {
  const byReview = new Map(candidates.flatMap((one) => (one.loaded ? [[one.loaded.review.id, one]] : [])))
  if (byReview.size === 0) return 0
  const threads = await db()
    .select({ reviewId: reviewThreads.reviewId, field: reviewThreads.field })
    .from(reviewThreads)
    .where(and(inArray(reviewThreads.reviewId, [...byReview.keys()]), isNull(reviewThreads.resolvedAt)))
  if (threads.length === 0) return 0
  const versionIds = candidates.map(({ row }) => row.version.id)
  const classed = await db()
    .select({ versionId: features.versionId, name: features.name, classification: features.classification })
    .from(features)
    .where(and(inArray(features.versionId, versionIds), isNotNull(features.classification)))
  return threads.filter(({ reviewId, field }) => {
    const candidate = byReview.get(reviewId)
    const [head, name] = field.split('.')
    const own = classed.find((one) => one.versionId === candidate?.row.version.id && one.name === name)
    if (!candidate || head !== 'features' || !own?.classification) return candidate !== undefined
    const facts = { ...factsOf(candidate), classification: own.classification }
    return decide(ctx, 'catalog:describe', facts).allowed
  }).length
}

/** A set with its versions, and who may decide. Errors: `not_found` for one of which the caller may know nothing. */
export async function getChangeSet(ctx: Context, id: string): Promise<ChangeSetResource> {
  const seen = await seenSet(ctx, id)
  const { set, candidates, names } = seen
  const versions = await versionsOfGroups(candidates.map(({ row }) => row.group.id))
  const items = await changedItems(ctx, candidates, versions)
  const members = candidates.map(membersOf)
  const needed = Math.max(1, ...members.map(({ approvals_needed: count }) => count))
  // Whoever approved all of them approved the set.
  const approvals = members[0]?.approvals.filter((name) =>
    members.every((one) => one.approvals.includes(name)),
  )
  const stale = candidates.filter((one) => isStale(one, versions.get(one.row.group.id) ?? []))
  return {
    ...(await summaryOf(set, names.length)),
    items,
    risk: [...levels].reverse().find((level) => items.some(({ risk }) => risk === level)) ?? null,
    risk_reasons: unique(candidates.flatMap(({ loaded }) => loaded?.review.riskReasons ?? [])).slice(0, 20),
    approvals: approvals ?? [],
    approvals_needed: needed,
    due_at: members.flatMap(({ due_at: at }) => at ?? []).sort()[0] ?? null,
    open_threads: await openThreadsOf(ctx, candidates),
    stale: stale.map(({ row }) => versionNameOf(row)),
    acts: actsOf(ctx, seen),
  }
}
