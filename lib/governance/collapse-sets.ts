import { inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { changeSets } from '@/db/schema'
import { classificationNames } from '@/lib/registry/operations'
import type { ReviewResource } from './operations'

const risks = ['low', 'medium', 'high'] as const

const worst = <T>(order: readonly T[], values: readonly T[]): T | undefined =>
  [...order].reverse().find((one) => values.includes(one))

/** One line for all versions of a set: as urgent, strict and risky as the most of them. */
function lineOf(members: readonly ReviewResource[], revision: number | undefined): ReviewResource[] {
  const [first] = members
  if (!first) return []
  const dates = members.flatMap(({ due_at: at }) => at ?? []).sort()
  return [
    {
      ...first,
      classification:
        worst(
          classificationNames,
          members.map((one) => one.classification),
        ) ?? first.classification,
      risk:
        worst(
          risks,
          members.flatMap(({ risk }) => risk ?? []),
        ) ?? null,
      risk_reasons: [...new Set(members.flatMap((one) => one.risk_reasons))].slice(0, 10),
      approvals: first.approvals.filter((name) => members.every((one) => one.approvals.includes(name))),
      approvals_needed: Math.max(...members.map((one) => one.approvals_needed)),
      due_at: dates[0] ?? null,
      waits_for_me: members.every((one) => one.waits_for_me),
      waits_for: members.find((one) => one.waits_for.length > 0)?.waits_for ?? [],
      items: members.length,
      etag: revision === undefined ? null : `"${revision}"`,
    },
  ]
}

/** What is decided as one is one line of the queue, where its first version stands. */
export async function collapseSets(waiting: readonly ReviewResource[]): Promise<ReviewResource[]> {
  const bySet = new Map<string, ReviewResource[]>()
  for (const one of waiting) {
    if (one.change_set) bySet.set(one.change_set.id, [...(bySet.get(one.change_set.id) ?? []), one])
  }
  if (bySet.size === 0) return [...waiting]
  const rows = await db()
    .select({ id: changeSets.id, revision: changeSets.revision })
    .from(changeSets)
    .where(inArray(changeSets.id, [...bySet.keys()]))
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]))
  return waiting.flatMap((one) => {
    if (!one.change_set) return [one]
    const { id } = one.change_set
    const members = bySet.get(id) ?? []
    return members[0] === one ? lineOf(members, revisions.get(id)) : []
  })
}
