import { db } from '@/db/client'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Decision, decide, nextChange } from '@/lib/authz'
import type { Actor, Context } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import type { ServingPlan } from './serving-plan'

/** Milliseconds of the product's clock, which grants end by. */
interface Span {
  from: number
  until: number
}

interface Allowed extends Span {
  decisions: Decision[]
}

/**
 * As long as actor and plan live, which are looked at anew every few seconds: identity makes another actor when its
 * rights changed, another plan is made when what it reads did. What time alone changes ends a decision earlier.
 */
const spanFrom = (actor: Actor, now: number): Span => ({ from: now, until: nextChange(actor, now) })

const holds = (span: Span | undefined, now: number): span is Span =>
  span !== undefined && span.from <= now && now < span.until

/** By the actor's own object; refusals are never kept. */
const kept = singleton(
  'onlineDecisions',
  () => new WeakMap<Actor, WeakMap<ServingPlan, Map<string, Allowed>>>(),
)

const circumstances = (ctx: Context) =>
  `${ctx.environment} ${ctx.via} ${ctx.purpose ?? ''} ${ctx.address ?? ''}`

const atAll = singleton('onlineReaders', () => new WeakMap<Actor, Span>())

/** Whether an earlier mayReadAtAll of the same actor holds still. */
export const mayReadAsBefore = (ctx: Context): boolean => holds(atAll.get(ctx.actor), ctx.now().getTime())

/** The coarse gate before the body is looked at; an allowance holds as long as the actor. Errors: forbidden. */
export async function mayReadAtAll(ctx: Context): Promise<void> {
  if (mayReadAsBefore(ctx)) return
  const now = ctx.now().getTime()
  await authorizeAtAll(ctx, 'group:read_online')
  atAll.set(ctx.actor, spanFrom(ctx.actor, now))
}

/** The decisions of authorizeRead while they hold; null: decide. */
export function keptDecisions(ctx: Context, plan: ServingPlan, now: number): Decision[] | null {
  const found = kept.get(ctx.actor)?.get(plan)?.get(circumstances(ctx))
  return found && holds(found, now) ? found.decisions : null
}

/**
 * Allows or refuses a whole read: each group of the plan, with the strictest class of what is asked of it. Errors: forbidden, not_found.
 */
export async function authorizeRead(
  ctx: Context,
  plan: ServingPlan,
  resolveAnew: () => Promise<unknown>,
): Promise<Decision[]> {
  const ofActor = kept.get(ctx.actor) ?? new WeakMap<ServingPlan, Map<string, Allowed>>()
  const ofPlan = ofActor.get(plan) ?? new Map<string, Allowed>()
  const now = ctx.now().getTime()
  // A plan may be known from someone who may know more: who may not gets what a missing name gives.
  if (plan.named.some((facts) => !decide(ctx, 'catalog:describe', facts).allowed)) await resolveAnew()
  const decisions: Decision[] = []
  for (const resource of plan.resources) decisions.push(await authorize(ctx, 'group:read_online', resource))
  if (ofPlan.size > 100) ofPlan.clear()
  ofPlan.set(circumstances(ctx), { decisions, ...spanFrom(ctx.actor, now) })
  ofActor.set(plan, ofPlan)
  kept.set(ctx.actor, ofActor)
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
