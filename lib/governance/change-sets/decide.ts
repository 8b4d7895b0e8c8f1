import { eq } from 'drizzle-orm'
import { db, inOneTransaction } from '@/db/client'
import { changeSets, reviews } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import {
  approveVersion,
  authorsOf,
  type DecisionOptions,
  findReview,
  lockGroups,
  rejectVersion,
  requestChanges,
  withdrawVersion,
} from '@/lib/registry'
import { type ChangeSetResource, reasonedSetDecisionInput, setDecisionInput } from '../change-set-operations'
import { getChangeSet } from './get-change-set'
import { itemError } from './item-error'
import { type ChangeSetRow, itemsOf, seenSet, setEtag } from './rows'

type Act = (
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  options: DecisionOptions,
) => Promise<unknown>

interface SetDecision {
  act: Act
  /** The state of the set afterwards. */
  state: ChangeSetRow['state']
  /** As notices say it. */
  what: string
  reason: string | undefined
  ifMatch: string | null
}

const wholeOnly = () =>
  new DomainError(
    'forbidden',
    'You may not know of everything in this change set, so you cannot decide on it. An administrator can help.',
  )

async function lockSet(id: string, ifMatch: string | null): Promise<ChangeSetRow> {
  const [set] = await db().select().from(changeSets).where(eq(changeSets.id, id)).for('update')
  if (set?.state !== 'in_review')
    throw new DomainError(
      'conflict',
      `The change set is ${set?.state.replace('_', ' ')}: it is decided already.`,
    )
  const now = setEtag(set)
  const isSeen = ifMatch === null || ifMatch.split(',').some((tag) => ['*', now].includes(tag.trim()))
  if (!isSeen)
    throw new DomainError(
      'precondition_failed',
      'The change set was edited or decided since you opened it. Look at it as it is now, then decide.',
      { headers: { etag: now } },
    )
  return set
}

/** Each version in turn, in the transaction around the caller; the first that refuses undoes all. */
async function eachItem(ctx: Context, id: string, decision: SetDecision, approvalsNeeded: number) {
  const { act, reason } = decision
  const body = reason === undefined ? {} : { reason }
  for (const { group, major } of await itemsOf(id)) {
    try {
      await act(ctx, group, major, body, { changeSet: id, approvalsNeeded })
    } catch (error) {
      throw itemError(error, group, major)
    }
  }
}

async function tellAuthors(ctx: Context, set: ChangeSetRow, { what, reason }: SetDecision): Promise<void> {
  const items = await itemsOf(set.id)
  const ids = new Set<string>([set.createdBy])
  for (const { reviewId } of items) {
    const review = await findReview(reviewId)
    for (const id of review ? await authorsOf(review) : []) ids.add(id)
  }
  const [first] = items
  if (!first) return
  await notify(db(), ctx, {
    kind: 'review_decided',
    to: { people: [...ids] },
    asset: { kind: 'group', name: first.group },
    title: `${ctx.actor.name} ${what} the change set “${set.title}”`,
    href: `/governance/change-sets/${set.id}`,
    ...(reason === undefined ? {} : { body: reason }),
  })
}

/** Of several versions those that ask for the most people decide for all. */
const mostNeeded = async (id: string) =>
  Math.max(1, ...(await itemsOf(id)).map(({ approvalsNeeded }) => approvalsNeeded))

async function carryOut(ctx: Context, id: string, decision: SetDecision, needed: number): Promise<number> {
  const items = await itemsOf(id)
  await lockGroups(
    db(),
    items.map(({ group }) => group),
  )
  const set = await lockSet(id, decision.ifMatch)
  await eachItem(ctx, id, decision, needed)
  const now = await mostNeeded(id)
  if (decision.state === 'approved' && now > needed) return now
  const open = await db().select({ state: reviews.state }).from(reviews).where(eq(reviews.changeSetId, id))
  const isSettled = decision.state !== 'approved' || open.every(({ state }) => state === 'approved')
  await db()
    .update(changeSets)
    .set({
      revision: set.revision + 1,
      ...(isSettled
        ? {
            state: decision.state,
            decidedBy: ctx.actor.id,
            decidedAt: ctx.now().toISOString(),
            decisionReason: decision.reason ?? null,
          }
        : {}),
    })
    .where(eq(changeSets.id, id))
  await tellAuthors(ctx, set, decision)
  return needed
}

/** Thrown to undo a decision that found, on its way, that a version asks for more people than it did. */
class Riskier extends Error {
  readonly needed: number
  constructor(needed: number) {
    super('A version of the set asks for more approvals than before.')
    this.needed = needed
  }
}

async function decideSet(ctx: Context, id: string, decision: SetDecision): Promise<ChangeSetResource> {
  const { isWhole } = await seenSet(ctx, id)
  if (!isWhole) throw wholeOnly()
  let needed = await mostNeeded(id)
  for (;;) {
    try {
      await inOneTransaction(async () => {
        const found = await carryOut(ctx, id, decision, needed)
        if (found !== needed) throw new Riskier(found)
      })
      return getChangeSet(ctx, id)
    } catch (error) {
      if (!(error instanceof Riskier)) throw error
      needed = error.needed
    }
  }
}

/**
 * Approves all versions of a set, each by the rules of an approval of it alone: four eyes hold on every one, and as
 * many people approve all as the riskiest asks for. Errors: those of approveVersion, naming the version; `forbidden`
 * when the caller may not know of all.
 */
export async function approveChangeSet(
  ctx: Context,
  id: string,
  body: unknown,
  ifMatch: string | null = null,
) {
  await authorizeAtAll(ctx, 'version:approve')
  const { reason } = parseInput(setDecisionInput, body ?? {})
  return decideSet(ctx, id, { act: approveVersion, state: 'approved', what: 'approved', reason, ifMatch })
}

/** Sends all versions of a set back to their author. Errors: as approveChangeSet. */
export async function requestChangesOfSet(
  ctx: Context,
  id: string,
  body: unknown,
  ifMatch: string | null = null,
) {
  await authorizeAtAll(ctx, 'version:approve')
  const { reason } = parseInput(reasonedSetDecisionInput, body)
  const what = 'asks for changes of'
  return decideSet(ctx, id, { act: requestChanges, state: 'changes_requested', what, reason, ifMatch })
}

/** Refuses all versions of a set for good. Errors: as approveChangeSet. */
export async function rejectChangeSet(
  ctx: Context,
  id: string,
  body: unknown,
  ifMatch: string | null = null,
) {
  await authorizeAtAll(ctx, 'version:approve')
  const { reason } = parseInput(reasonedSetDecisionInput, body)
  return decideSet(ctx, id, { act: rejectVersion, state: 'rejected', what: 'rejected', reason, ifMatch })
}

/** Takes all versions of a set back as drafts. Errors: as approveChangeSet. */
export async function withdrawChangeSet(
  ctx: Context,
  id: string,
  body: unknown,
  ifMatch: string | null = null,
) {
  await authorizeAtAll(ctx, 'version:submit')
  const { reason } = parseInput(reasonedSetDecisionInput, body)
  return decideSet(ctx, id, { act: withdrawVersion, state: 'withdrawn', what: 'withdrew', reason, ifMatch })
}
