import type { Actor, Context } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import type { Action } from './actions'
import { conditionOfPolicy, or } from './condition'
import { ask, askPartially } from './engine'
import { type Situation, situationOf } from './entities'
import { explain } from './explain'
import { whoCanHelp } from './help'
import { narrowKey } from './narrow-key'
import { policyVersion } from './policies'
import type { ResourceFacts } from './resource'
import { grantsOf } from './subject'

/** One evaluation of the policies. `rule` says in words what decided; the rest helps someone who was refused. */
export interface Decision {
  allowed: boolean
  /** Ids of the policies that decided. */
  policies: string[]
  policyVersion: string
  rule: string
  missing: string[]
  whoCanHelp: string[]
}

interface Kept {
  decision: Omit<Decision, 'whoCanHelp'>
  from: number
  until: number
}

const mostKept = 20_000
const kept = () => singleton('authz-decisions', () => new Map<string, Kept>())
const fingerprints = singleton('authz-fingerprints', () => new WeakMap<Actor, string>())

/** All of an actor that policies can see. Actors are rebuilt when their rights change, never altered. */
function fingerprint(actor: Actor): string {
  const known = fingerprints.get(actor)
  if (known !== undefined) return known
  const made = JSON.stringify({ ...actor, grants: grantsOf(actor) })
  fingerprints.set(actor, made)
  return made
}

/** The first instant at which time alone could change the answer. */
function nextChange(actor: Actor, now: number): number {
  const ends = grantsOf(actor).map((grant) => grant.expiresAt.getTime())
  if (actor.kind === 'apiKey' && actor.expiresAt !== null) ends.push(actor.expiresAt.getTime())
  return Math.min(...ends.filter((end) => end > now), Number.POSITIVE_INFINITY)
}

function evaluate(situation: Situation, resource: ResourceFacts): Kept['decision'] {
  const narrowing = narrowKey(situation, resource)
  if (narrowing) {
    const { policy, rule, missing } = narrowing
    return { allowed: false, policies: [policy], policyVersion, rule, missing: [missing] }
  }
  const verdict = ask(situation, resource)
  return {
    allowed: verdict.allowed,
    policies: verdict.policies,
    policyVersion,
    ...explain(situation, resource, verdict),
  }
}

function remembered(situation: Situation, resource: ResourceFacts): Kept['decision'] {
  const { actor, action, environment, purpose } = situation
  const now = situation.now.getTime()
  const key = JSON.stringify([policyVersion, action, environment, purpose, resource, fingerprint(actor)])
  const decisions = kept()
  const found = decisions.get(key)
  if (found && found.from <= now && now < found.until) return found.decision
  const decision = evaluate(situation, resource)
  if (decisions.size >= mostKept) decisions.clear()
  decisions.set(key, { decision, from: now, until: nextChange(actor, now) })
  return decision
}

const reviewerRules = new Set(['four-eyes', 'second-person-from-confidential'])

/** The one decision behind every act on every surface. Deny by default; forbids win; an erring policy denies. */
export function decide(ctx: Context, action: Action, resource: ResourceFacts): Decision {
  const decision = remembered(situationOf(ctx, action, resource), resource)
  if (decision.allowed) return { ...decision, whoCanHelp: [] }
  const wantsReviewer = decision.policies.some((id) => reviewerRules.has(id))
  return { ...decision, whoCanHelp: whoCanHelp({ resource, askerId: ctx.actor.id, wantsReviewer }) }
}

/**
 * Whether the actor may know that the resource exists: between a 403 and the masked 404. A key's scopes say what
 * it may do, not what its owner's refusals reveal, so they do not count here.
 */
export function mayKnow(ctx: Context, resource: ResourceFacts): boolean {
  const actor = ctx.actor.kind === 'apiKey' ? { ...ctx.actor, scopes: [] } : ctx.actor
  return decide({ ...ctx, actor }, 'catalog:describe', resource).allowed
}

/** Whether any resource, in any environment, could be allowed: the coarse question before the body is looked at. */
export function mayEver(ctx: Context, action: Action): boolean {
  const situation = { ...situationOf(ctx, action), environment: null }
  if (narrowKey(situation, null)) return false
  const permits = askPartially(situation)?.filter((residual) => residual.effect === 'permit') ?? []
  return or(...permits.map((residual) => conditionOfPolicy(residual.policy))) !== false
}
