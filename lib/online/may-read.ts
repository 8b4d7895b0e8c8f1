import { db } from '@/db/client'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Decision, decide } from '@/lib/authz'
import type { Actor, Context } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import type { ServingPlan } from './serving-plan'

interface Allowed {
  decisions: Decision[]
  until: number
}

const keptMilliseconds = 1000

/** By the actor's own object, which identity makes anew when rights change and after 5 s; refusals are never kept. */
const kept = () =>
  singleton('onlineDecisions', () => new WeakMap<Actor, WeakMap<ServingPlan, Map<string, Allowed>>>())

const circumstances = (ctx: Context) =>
  `${ctx.environment} ${ctx.via} ${ctx.purpose ?? ''} ${ctx.address ?? ''}`

const atAll = () => singleton('onlineReaders', () => new WeakMap<Actor, number>())

/** Whether mayReadAtAll allowed the same actor within the last second. */
export const mayReadAsBefore = (ctx: Context): boolean => Date.now() < (atAll().get(ctx.actor) ?? 0)

/** The coarse gate before the body is looked at; an allowance holds for a second at most. Errors: forbidden. */
export async function mayReadAtAll(ctx: Context): Promise<void> {
  if (mayReadAsBefore(ctx)) return
  const now = Date.now()
  await authorizeAtAll(ctx, 'group:read_online')
  atAll().set(ctx.actor, now + keptMilliseconds)
}

/** The decisions of authorizeRead while they hold; null: decide. */
export function keptDecisions(ctx: Context, plan: ServingPlan): Decision[] | null {
  const found = kept().get(ctx.actor)?.get(plan)?.get(circumstances(ctx))
  return found && Date.now() < found.until ? found.decisions : null
}

/**
 * Allows or refuses a whole read: each group of the plan, with the strictest class of what is asked of it. A decision
 * holds for a second at most. Errors: forbidden, not_found.
 */
export async function authorizeRead(
  ctx: Context,
  plan: ServingPlan,
  resolveAnew: () => Promise<unknown>,
): Promise<Decision[]> {
  const ofActor = kept().get(ctx.actor) ?? new WeakMap<ServingPlan, Map<string, Allowed>>()
  const ofPlan = ofActor.get(plan) ?? new Map<string, Allowed>()
  const now = Date.now()
  // A plan may be known from someone who may know more: who may not gets what a missing name gives.
  if (plan.named.some((facts) => !decide(ctx, 'catalog:describe', facts).allowed)) await resolveAnew()
  const decisions: Decision[] = []
  for (const resource of plan.resources) decisions.push(await authorize(ctx, 'group:read_online', resource))
  if (ofPlan.size > 100) ofPlan.clear()
  ofPlan.set(circumstances(ctx), { decisions, until: now + keptMilliseconds })
  ofActor.set(plan, ofPlan)
  kept().set(ctx.actor, ofActor)
  return decisions
}

/** The audit rows of a read that touches confidential values, written before the answer leaves. */
export async function recordRead(
  ctx: Context,
  plan: ServingPlan,
  decisions: Decision[],
  keys: number,
): Promise<void> {
  const audited = plan.resources.flatMap((resource, index) => {
    const decision = decisions[index]
    const strict = resource.classification === 'confidential' || resource.classification === 'restricted'
    return strict && decision ? [{ resource, decision }] : []
  })
  if (audited.length === 0) return
  await db().transaction(async (tx) => {
    for (const { resource, decision } of audited) {
      const features = plan.targets
        .filter(({ groupName }) => groupName === resource.name)
        .map(({ feature }) => feature)
      await record(tx, ctx, { action: 'group:read_online', resource, decision, after: { features, keys } })
    }
  })
}
