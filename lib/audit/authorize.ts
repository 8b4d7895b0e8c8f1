import { withTransaction } from '@/db/client'
import {
  type Action,
  actionLabels,
  type Decision,
  decide,
  mayEver,
  mayKnow,
  missing,
  type ResourceFacts,
  type ResourceKind,
  systemResource,
} from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { record } from './record'

/** Kinds whose very existence may be hidden: a refusal is the 404 of a missing thing. */
const maskedKinds: ReadonlySet<ResourceKind> = new Set([
  'group',
  'service',
  'entity',
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

/** A refusal has no act whose transaction could carry its row. */
const recordRefusal = (ctx: Context, action: Action, resource: ResourceFacts, decision: Decision) =>
  withTransaction((tx) => record(tx, ctx, { action, resource, decision, reason: decision.rule }))

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

/** The coarse gate before the body is looked at: `forbidden` when no resource could be allowed. */
export async function authorizeAtAll(ctx: Context, action: Action): Promise<void> {
  if (mayEver(ctx, action)) return
  const decision = decide(ctx, action, systemResource)
  const denied = decision.allowed
    ? { ...decision, allowed: false, rule: `You may not ${actionLabels[action]}.` }
    : decision
  await recordRefusal(ctx, action, systemResource, denied)
  throw refusal(action, systemResource, denied)
}
