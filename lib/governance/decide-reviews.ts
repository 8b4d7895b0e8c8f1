import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { approveVersion, requestChanges } from '@/lib/registry'
import { type DecisionOutcome, decideReviewsInput } from './change-set-operations'
import { approveChangeSet, requestChangesOfSet } from './change-sets/decide'

interface Asked {
  decision: 'approve' | 'request_changes'
  body: { reason?: string }
}

type Item =
  | { group: string; version: number; etag?: string | undefined }
  | { change_set: string; etag?: string | undefined }

async function decideOne(ctx: Context, { decision, body }: Asked, item: Item): Promise<string> {
  const ifMatch = item.etag ?? null
  if ('change_set' in item) {
    const decide = decision === 'approve' ? approveChangeSet : requestChangesOfSet
    return (await decide(ctx, item.change_set, body, ifMatch)).state
  }
  const decide = decision === 'approve' ? approveVersion : requestChanges
  return (await decide(ctx, item.group, item.version, body, { ifMatch })).state
}

const namesOfItem = (item: Item) =>
  'change_set' in item
    ? { group: null, version: null, change_set: item.change_set }
    : { group: item.group, version: item.version, change_set: null }

async function outcomeOf(ctx: Context, asked: Asked, item: Item): Promise<DecisionOutcome> {
  try {
    const state = await decideOne(ctx, asked, item)
    return { ...namesOfItem(item), done: true, state, problem: null }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const problem = { code: error.code, detail: error.message }
    return { ...namesOfItem(item), done: false, state: null, problem }
  }
}

/**
 * Decides several reviews, each in a transaction of its own and by the rules of a decision on it alone: one that is
 * refused is told and stops no other. Errors: `forbidden` for who decides nothing at all, `invalid`.
 */
export async function decideReviews(ctx: Context, body: unknown): Promise<{ data: DecisionOutcome[] }> {
  await authorizeAtAll(ctx, 'version:approve')
  const { decision, reason, items } = parseInput(decideReviewsInput, body)
  if (decision === 'request_changes' && reason === undefined)
    throw invalidField('/reason', 'is needed: the authors see it', 'required')
  const asked = { decision, body: reason === undefined ? {} : { reason } }
  const data: DecisionOutcome[] = []
  for (const item of items) data.push(await outcomeOf(ctx, asked, item))
  return { data }
}
