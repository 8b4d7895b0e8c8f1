import { eq } from 'drizzle-orm'
import { db, inOneTransaction } from '@/db/client'
import { changeSetItems, changeSets, featureGroups, reviews } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { submitTestedVersion } from '@/lib/ingestion'
import { notify } from '@/lib/notify'
import { latestReview, lockGroups, type ReviewRow, suggestedReviewers } from '@/lib/registry'
import { type ChangeSetResource, submitTogetherInput } from '../change-set-operations'
import { versionsOfGroup } from '../queries'
import { getChangeSet } from './get-change-set'
import { itemError } from './item-error'

interface Item {
  group: string
  version: number
}

function refuseTwice(items: readonly Item[]): void {
  const seen = new Set<string>()
  for (const [at, { group, version }] of items.entries()) {
    const name = `${group}@${version}`
    if (seen.has(name)) throw invalidField(`/items/${at}`, `${name} is named twice.`, 'duplicate')
    seen.add(name)
  }
}

async function reviewOf({ group, version }: Item): Promise<ReviewRow> {
  const [row] = await db()
    .select({ id: featureGroups.id })
    .from(featureGroups)
    .where(eq(featureGroups.name, group))
  const review = row && (await latestReview({ groupId: row.id, major: version }))
  if (!review) throw new DomainError('conflict', `${group}@${version} has no review.`)
  return review
}

/** Submitting leaves the set's id in each review: they are its items, in the order they were named in. */
async function keepItems(changeSetId: string, items: readonly Item[]): Promise<void> {
  const found = await db()
    .select({ reviewId: reviews.id, group: featureGroups.name, version: reviews.major })
    .from(reviews)
    .innerJoin(featureGroups, eq(featureGroups.id, reviews.groupId))
    .where(eq(reviews.changeSetId, changeSetId))
  const idOf = new Map(found.map(({ reviewId, group, version }) => [`${group}@${version}`, reviewId]))
  const rows = items.map(({ group, version }, position) => {
    const reviewId = idOf.get(`${group}@${version}`)
    if (!reviewId) throw new DomainError('conflict', `${group}@${version} has no review.`)
    return { changeSetId, reviewId, position }
  })
  await db().insert(changeSetItems).values(rows)
}

const mostTold = 10

/** One notice for the set, to those who would be asked for its versions. */
async function tellReviewers(ctx: Context, set: { id: string; title: string }, items: readonly Item[]) {
  const [first] = items
  if (!first) return
  const people = new Set<string>()
  for (const { group, version } of items) {
    if (people.size >= mostTold) break
    const row = (await versionsOfGroup(group)).find((one) => one.version.major === version)
    const review = await reviewOf({ group, version })
    for (const { id } of row ? await suggestedReviewers({ ...row, entity: null }, review) : []) people.add(id)
  }
  await notify(db(), ctx, {
    kind: 'review_requested',
    to: { people: [...people] },
    asset: { kind: 'group', name: first.group },
    title: `${ctx.actor.name} asks for a review of the change set “${set.title}”`,
    href: `/governance/change-sets/${set.id}`,
  })
}

/**
 * Submits several drafts as one review: all of them, or none when one cannot be. Errors: those of submitVersion,
 * naming the version; `invalid` for one that is named twice.
 */
export async function submitTogether(ctx: Context, body: unknown): Promise<ChangeSetResource> {
  await authorizeAtAll(ctx, 'version:submit')
  const { title, reason, items } = parseInput(submitTogetherInput, body)
  refuseTwice(items)
  const id = newId(ctx.now().getTime())
  await inOneTransaction(async () => {
    await lockGroups(
      db(),
      items.map(({ group }) => group),
    )
    await db()
      .insert(changeSets)
      .values({
        id,
        title,
        reason: reason ?? null,
        state: 'in_review',
        createdBy: ctx.actor.id,
        createdAt: ctx.now().toISOString(),
      })
    for (const { group, version } of items) {
      try {
        await submitTestedVersion(ctx, group, version, reason === undefined ? {} : { reason }, id)
      } catch (error) {
        throw itemError(error, group, version)
      }
    }
    await keepItems(id, items)
    await tellReviewers(ctx, { id, title }, items)
  })
  return getChangeSet(ctx, id)
}
