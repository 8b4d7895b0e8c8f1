import { and, eq, isNotNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { features, featureGroupVersions as groupVersions, reviewComments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import { authorsOf } from '@/lib/registry'
import { reviewPath } from '../review-path'
import { mentionedIn } from './mentions'
import type { ReviewPlace } from './place'
import type { ThreadRow } from './read'

interface Commented {
  place: ReviewPlace
  thread: ThreadRow
  text: string
  /** What stood there before an edit. */
  before?: string
}

/** Whether whoever may know of the group may know of the line: a feature with a class of its own is told by its page. */
async function isOpen(tx: Transaction, { groupId }: ReviewPlace, field: string): Promise<boolean> {
  const [head, name] = field.split('.')
  if (head !== 'features' || name === undefined) return true
  const classed = await tx
    .select({ id: features.id })
    .from(features)
    .innerJoin(groupVersions, eq(groupVersions.id, features.versionId))
    .where(
      and(eq(groupVersions.groupId, groupId), eq(features.name, name), isNotNull(features.classification)),
    )
    .limit(1)
  return classed.length === 0
}

/** Tells who is named, and of a new comment everybody in the thread and with a hand in the change. */
export async function tellCommented(
  tx: Transaction,
  ctx: Context,
  { place, thread, text, before }: Commented,
): Promise<void> {
  const { group, major } = place
  const known = new Set(before === undefined ? [] : await mentionedIn(tx, before))
  const mentioned = (await mentionedIn(tx, text)).filter((id) => !known.has(id))
  const notice = {
    asset: { kind: 'group' as const, name: group },
    href: `${reviewPath(group, major)}#thread-${thread.id}`,
    ...((await isOpen(tx, place, thread.field)) ? { body: text.slice(0, 500) } : {}),
  }
  await notify(tx, ctx, {
    ...notice,
    kind: 'mention',
    to: { people: mentioned },
    title: `${ctx.actor.name} names you in the review of ${group}@${major}`,
  })
  if (before !== undefined) return
  const speakers = await tx
    .selectDistinct({ id: reviewComments.createdBy })
    .from(reviewComments)
    .where(eq(reviewComments.threadId, thread.id))
  const others = [...new Set([...speakers.map(({ id }) => id), ...(await authorsOf(place.review, tx))])]
  await notify(tx, ctx, {
    ...notice,
    kind: 'comment',
    to: { people: others.filter((id) => !mentioned.includes(id)) },
    title: `${ctx.actor.name} comments on ${group}@${major}`,
  })
}
