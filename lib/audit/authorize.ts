import { outsideTransaction, withTransaction } from '@/db/client'
import {
  type Action,
  assetFacts,
  type Decision,
  decide,
  mayEver,
  mayKnow,
  missing,
  type ResourceFacts,
  type ResourceKind,
  refusedEverywhere,
  systemResource,
} from '@/lib/authz'
import type { Context, Target } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { record } from './record'

/** Kinds whose very existence may be hidden: a refusal is the 404 of a missing thing. */
const maskedKinds: ReadonlySet<ResourceKind> = new Set([
  'group',
  'service',
  'entity',
  'domain',
  'source',
  'dataset',
  'monitor',
])

const refusal = (action: Action, resource: ResourceFacts, decision: Decision) =>
  new DomainError('forbidden', decision.rule, {
    decision: {
      action,
      resource: resource.name,
      rule: decision.rule,
      missing: decision.missing,
      who_can_help: decision.whoCanHelp,
    },
  })

type Named = Pick<ResourceFacts, 'kind' | 'name'>

/** A refusal has no act whose transaction could carry its row, and undoes the one around it. */
export const recordRefusal = (ctx: Context, action: Action, resource: Named, decision: Decision) =>
  outsideTransaction(() =>
    withTransaction((tx) => record(tx, ctx, { action, resource, decision, reason: decision.rule })),
  )

/**
 * The gate before every act on a resource. Returns the decision, which the act's audit row names.
 * Errors: `forbidden` with the decision explained; `not_found`, equal to a missing thing's, when the actor may
 * not know that the resource exists. Every refusal is audited.
 */
export async function authorize(ctx: Context, action: Action, resource: ResourceFacts): Promise<Decision> {
  const decision = decide(ctx, action, resource)
  if (decision.allowed) return decision
  await recordRefusal(ctx, action, resource, decision)
  if (maskedKinds.has(resource.kind) && !mayKnow(ctx, resource)) throw missing(resource.kind, resource.name)
  throw refusal(action, resource, decision)
}

/** What the request names, if the asker may know of it. */
async function namedFacts(ctx: Context, target: Target | null): Promise<ResourceFacts | null> {
  const facts = target && (await assetFacts(target))
  return facts && mayKnow(ctx, facts) ? facts : null
}

/**
 * The coarse gate before the body is looked at: `forbidden` when no resource could be allowed. `target`: what the
 * request names, so that the refusal says who of its team can help, and the audit log what was refused.
 */
export async function authorizeAtAll(
  ctx: Context,
  action: Action,
  target: Target | null = ctx.target ?? null,
): Promise<void> {
  if (mayEver(ctx, action)) return
  const facts = await namedFacts(ctx, target)
  const precise = facts && decide(ctx, action, facts)
  const decision = precise && !precise.allowed ? precise : refusedEverywhere(ctx, action)
  const resource = facts ?? systemResource
  await recordRefusal(ctx, action, target ?? resource, decision)
  throw refusal(action, resource, decision)
}
