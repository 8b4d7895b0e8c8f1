import { renewal } from '@/db/renewal'
import type { Context } from '@/lib/core/context'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { type FeaturesInput, listenToRegistry } from '@/lib/registry'
import { loadPlan, type ServingPlan } from './serving-plan'

interface Kept {
  plan: ServingPlan
  until: number
  /** The last one who read by it; null before. */
  reader: Reader | null
}

interface Reader {
  ctx: Context
  input: FeaturesInput
  fullNames: boolean
  at: number
}

interface Cache {
  plans: Map<string, Kept>
  byPlan: WeakMap<ServingPlan, Kept>
  /** Rises with each change: a plan that was being made meanwhile is not kept. */
  generation: number
  listening: Promise<{ stop: () => Promise<void> }> | undefined
}

const keptMilliseconds = 5000
/** A plan that was read by so lately is made anew before it is needed, so that nobody waits for it. */
const inUseMilliseconds = 15_000
const endingMilliseconds = 1500
const mostPlans = 5000

const cache = () =>
  singleton<Cache>('servingPlans', () => ({
    plans: new Map(),
    byPlan: new WeakMap(),
    generation: 0,
    listening: undefined,
  }))

/** Any change forgets all plans: changes are rare, and a plan is made in milliseconds. */
function forgetPlans(): void {
  const state = cache()
  state.generation++
  state.plans.clear()
}

/** What cannot listen still forgets by time. */
function hearRegistry(): void {
  const state = cache()
  state.listening ??= listenToRegistry(forgetPlans).catch((error: unknown) => {
    logger().warn(
      { err: error },
      'changes of the registry are not heard; plans are renewed every few seconds',
    )
    state.listening = undefined
    return { stop: async () => {} }
  })
}

export async function stopHearingRegistry(): Promise<void> {
  const { listening } = cache()
  cache().listening = undefined
  await (await listening)?.stop()
}

/** No reference can pose as two, and giving both forms is refused each time. What callers write stands last, or as JSON. */
function planKey(ctx: Context, input: FeaturesInput, fullNames: boolean): string {
  const { features, featureService, serviceVersion } = input
  const how = `${ctx.environment} ${fullNames}`
  if (!features && featureService !== undefined) return `${how} s ${serviceVersion} ${featureService}`
  return `${how} f ${JSON.stringify([features, featureService, serviceVersion])}`
}

/** What is the same stays the same plan, and what was decided of it holds. Everything in it that matters is plain. */
const sameAs = (plan: ServingPlan, before: ServingPlan | undefined): ServingPlan =>
  before && JSON.stringify(before) === JSON.stringify(plan) ? before : plan

/** Makes the plan of a read and keeps it. Errors: those of resolveFeatures and of planOf. */
export async function newPlan(ctx: Context, input: FeaturesInput, fullNames: boolean): Promise<ServingPlan> {
  const state = cache()
  const key = planKey(ctx, input, fullNames)
  const until = Date.now() + keptMilliseconds
  hearRegistry()
  const { generation } = state
  const made = await loadPlan(ctx, input, fullNames)
  if (generation !== state.generation) return made
  const before = state.plans.get(key)
  const plan = sameAs(made, before?.plan)
  const kept: Kept = { plan, until, reader: before?.reader ?? null }
  if (state.plans.size >= mostPlans) state.plans.clear()
  state.plans.set(key, kept)
  state.byPlan.set(plan, kept)
  return plan
}

/**
 * The plan of a read, kept for at most 5 s and forgotten on any change of the registry. Who asks is not part of it:
 * the caller decides each time.
 */
export function keptPlan(ctx: Context, input: FeaturesInput, fullNames: boolean): ServingPlan | null {
  const kept = cache().plans.get(planKey(ctx, input, fullNames))
  return kept && Date.now() < kept.until ? kept.plan : null
}

/** Makes plans in use anew, one after the other, before their time is over. */
async function renew(): Promise<boolean> {
  const now = Date.now()
  const inUse = [...cache().plans.values()].filter(
    ({ until, reader }) => until > now && reader !== null && reader.at > now - inUseMilliseconds,
  )
  for (const { until, reader } of inUse) {
    if (until > now + endingMilliseconds || reader === null) continue
    await newPlan(reader.ctx, reader.input, reader.fullNames).catch((error: unknown) =>
      logger().debug({ err: error }, 'a plan was not made anew; the next read makes it'),
    )
  }
  return inUse.length > 0
}

const keepRenewing = singleton('servingPlanRenewal', () => renewal('plans', renew))

/** A read outlives neither its caller nor its time, a plan both. */
const { signal } = new AbortController()

/** Keeps a plan fresh for as long as it is in use, for somebody who may read by it. */
export function keepFresh(ctx: Context, plan: ServingPlan, input: FeaturesInput, fullNames: boolean): void {
  const kept = cache().byPlan.get(plan)
  if (!kept) return
  const at = Date.now()
  if (kept.reader) kept.reader.at = at
  else kept.reader = { ctx: { ...ctx, signal }, input, fullNames, at }
  keepRenewing()
}
