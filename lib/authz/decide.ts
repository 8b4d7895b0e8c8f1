import type { Context } from '@/lib/core/context'
import type { Action } from './actions'
import { ask } from './engine'
import { type Situation, situationOf } from './entities'
import { explain } from './explain'
import { anyTeam, whoCanHelp } from './help'
import { keep } from './keep'
import { narrowKey } from './narrow-key'
import { policyVersion } from './policies'
import { remainder } from './remainder'
import { type ResourceFacts, systemResource } from './resource'

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

type Kept = Omit<Decision, 'whoCanHelp'>

function evaluate(situation: Situation, resource: ResourceFacts): Kept {
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

const reviewerRules = new Set(['four-eyes', 'second-person-from-confidential'])
/** A maintainer of the team could not do this either. */
const reviewerActions: ReadonlySet<Action> = new Set(['version:approve', 'erasure:approve', 'audit:read'])

/** The one decision behind every act on every surface. Deny by default; forbids win; an erring policy denies. */
export function decide(ctx: Context, action: Action, resource: ResourceFacts): Decision {
  const situation = situationOf(ctx, action, resource)
  const decision = keep('decisions', situation, resource, () => evaluate(situation, resource))
  if (decision.allowed) return { ...decision, whoCanHelp: [] }
  const wantsReviewer = reviewerActions.has(action) || decision.policies.some((id) => reviewerRules.has(id))
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
  return remainder(situation).permitted !== false
}

/** Acts that are done on what a team owns: a right in that team would do. */
const teamActs = /^(group|version|service|dataset|monitor|alert|contract|access|erasure|lineage):/

/** Stands for anything that some team owns and anybody may know of. */
const ownedByATeam: ResourceFacts = { ...systemResource, kind: 'group', teamId: anyTeam, team: null }

/**
 * The refusal of someone who may not do this to anything, in words that fit whatever they had in mind. Only for an
 * action that `mayEver` refuses.
 */
export function refusedEverywhere(ctx: Context, action: Action): Decision {
  const imagined = teamActs.test(action) ? ownedByATeam : systemResource
  const { rule, missing, policies, whoCanHelp: helpers } = decide(ctx, action, imagined)
  return { allowed: false, policies, policyVersion, rule, missing, whoCanHelp: helpers }
}
