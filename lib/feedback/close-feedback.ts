import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { feedback } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Action, type Decision, decide, type ResourceFacts, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { assetResource, changing, notify } from '@/lib/notify'
import { closeFeedbackInput, type FeedbackResource, reopenFeedbackInput } from './operations'
import { type Found, requireFeedback, serialize } from './queries'

interface Right {
  action: Action
  resource: ResourceFacts
  decision: Decision
}

/** The right to close: the settings', else that of who changes the asset. Errors: `forbidden`. */
async function rightTo(ctx: Context, { asset }: Found): Promise<Right> {
  const action: Action = 'settings:manage'
  const administers = decide(ctx, action, systemResource)
  if (administers.allowed) {
    const resource = asset ? assetResource(asset) : systemResource
    return { action, resource, decision: administers }
  }
  if (asset === null)
    return { action, resource: systemResource, decision: await authorize(ctx, action, systemResource) }
  const resource = assetResource(asset)
  return {
    action: changing[asset.kind],
    resource,
    decision: await authorize(ctx, changing[asset.kind], resource),
  }
}

const most = 80
const beginOf = (said: string) => {
  const line = said.replaceAll(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

async function tellAuthor(
  tx: Transaction,
  ctx: Context,
  { row, asset }: Found,
  now: FeedbackResource,
  body: string,
) {
  await notify(tx, ctx, {
    kind: 'feedback',
    to: { people: [row.authorId] },
    asset: asset ? { kind: asset.kind, name: asset.name } : { kind: 'portal', name: '' },
    title: `${now.state === 'closed' ? 'Closed' : 'Open again'}: “${beginOf(row.said)}”`,
    body,
    href: `/settings/feedback?open=${row.id}`,
  })
}

interface Change {
  reason: string | undefined
  closes: boolean
}

/** Errors: `forbidden`, `not_found`, `conflict` when it is so already. */
async function change(ctx: Context, id: string, { reason, closes }: Change): Promise<FeedbackResource> {
  const right = await rightTo(ctx, await requireFeedback(ctx, id))
  return withTransaction(async (tx) => {
    const changed = await tx
      .update(feedback)
      .set({
        closedAt: closes ? ctx.now().toISOString() : null,
        closedBy: closes ? ctx.actor.name : null,
        closedReason: closes ? (reason ?? null) : null,
      })
      .where(and(eq(feedback.id, id), closes ? isNull(feedback.closedAt) : isNotNull(feedback.closedAt)))
      .returning({ id: feedback.id })
    if (changed.length === 0)
      throw new DomainError('conflict', closes ? 'It is closed already.' : 'It is open already.')
    const after = await requireFeedback(ctx, id, tx)
    const resource = serialize(ctx, after)
    await record(tx, ctx, {
      ...right,
      reason: reason ?? 'Opened again',
      before: { feedback: id, state: closes ? 'open' : 'closed' },
      after: { feedback: id, state: resource.state },
      environment: null,
    })
    await tellAuthor(tx, ctx, after, resource, reason ?? '')
    return resource
  })
}

/** Closes it with what became of it; its author is told. Errors: `forbidden`, `not_found`, `conflict`, `invalid`. */
export async function closeFeedback(ctx: Context, id: string, body: unknown): Promise<FeedbackResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(closeFeedbackInput, body)
  return change(ctx, id, { reason, closes: true })
}

/** Opens it again; its author is told. Errors: `forbidden`, `not_found`, `conflict`, `invalid`. */
export async function reopenFeedback(ctx: Context, id: string, body: unknown): Promise<FeedbackResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(reopenFeedbackInput, body ?? {})
  return change(ctx, id, { reason, closes: false })
}
