import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { Actor } from '@/lib/core/context'
import { type Action, actionLabels } from './actions'
import type { Verdict } from './engine'
import { policyTrees } from './engine'
import { assetEntity, contextRecord, principalEntity, type Situation } from './entities'
import type { Expression } from './expression'
import { aboutTheAsker, type Clause, clausesOf, concerns, type Facts } from './interpret'
import type { ResourceFacts } from './resource'

export interface Explanation {
  rule: string
  missing: string[]
}

const article = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`)

/** "you are a viewer and consumer", "key ci acts as a producer". */
function describeAsker(actor: Actor): string {
  const held = [...new Set(actor.roles.map((assignment) => assignment.role))]
  const [first, ...more] = held
  const as = first === undefined ? 'without any role' : [article(first), ...more].join(' and ')
  if (actor.kind === 'apiKey') return `API key ${actor.keyName} acts ${first === undefined ? as : `as ${as}`}`
  return `you are ${as}`
}

/** Where no team is known yet, what is made will have one. */
const ownerOf = ({ team }: ResourceFacts, action: Action) =>
  team !== null
    ? `team ${team}`
    : action.endsWith(':create')
      ? 'the team that will own it'
      : 'the team that owns it'

const fill = (template: string, resource: ResourceFacts, action: Action) =>
  template.replaceAll('team {team}', ownerOf(resource, action)).replaceAll('{name}', resource.name)

const annotation = (policy: PolicyJson, name: string) => policy.annotations?.[name]

const attributeName = (expression: Expression) =>
  expression.op === 'attribute' && expression.of.op === 'variable' ? expression.name : undefined

const teamSets: Record<string, string> = {
  teams: 'membership',
  maintains: 'maintainership',
  viewerOf: 'role viewer',
  consumerOf: 'role consumer',
  producerOf: 'role producer',
  reviewerOf: 'role reviewer',
  administratorOf: 'role administrator',
}

const yours = (values: string[]) => `yours: ${values.length === 0 ? 'none' : values.join(', ')}`

/** The value that a failed clause asks for beside the asker's own; undefined where the policy's own words must do. */
function needOf({ expression }: Clause, actor: Actor, resource: ResourceFacts): string | undefined {
  if (expression.op !== 'contains') return undefined
  const set = attributeName(expression.left)
  if (set === 'roles' && expression.right.op === 'value') {
    return `role ${expression.right.value} (${yours([...new Set(actor.roles.map((one) => one.role))])})`
  }
  if (set === 'granted') return `a grant on ${resource.name}`
  const of = set === undefined ? undefined : teamSets[set]
  if (of === undefined || resource.team === null) return undefined
  return `${of} in team ${resource.team} (${yours(actor.teams.map((team) => team.team))})`
}

/** The permit that fails in the fewest clauses; none of them may be about the resource alone, which no one can give. */
function nearestPermit(situation: Situation, facts: Facts) {
  let nearest: { policy: PolicyJson; failed: Clause[] } | undefined
  for (const [id, policy] of policyTrees()) {
    if (policy.effect !== 'permit' || id === 'the-installation-itself') continue
    if (!concerns(policy, situation.action)) continue
    const failed = clausesOf(policy, facts).filter((clause) => !clause.holds)
    if (failed.some((clause) => !aboutTheAsker(clause.expression))) continue
    if (nearest === undefined || failed.length < nearest.failed.length) nearest = { policy, failed }
  }
  return nearest
}

const factsOf = (situation: Situation, resource: ResourceFacts): Facts => ({
  principal: principalEntity(situation).attrs,
  resource: assetEntity(resource).attrs,
  context: contextRecord(situation),
})

function explainForbid(policy: PolicyJson, resource: ResourceFacts, action: Action): Explanation {
  const because = annotation(policy, 'because') ?? 'A built-in rule forbids this.'
  const needs = annotation(policy, 'needs')
  return {
    rule: fill(because, resource, action),
    missing: needs === undefined ? [] : [fill(needs, resource, action)],
  }
}

/** Why the policies said what they said: the forbid that hit, or the nearest permit with what it still needs. */
export function explain(situation: Situation, resource: ResourceFacts, verdict: Verdict): Explanation {
  const { actor, action } = situation
  if (verdict.errors.length > 0)
    return { rule: 'A policy failed while it was evaluated, and that counts as a refusal.', missing: [] }
  const deciding = verdict.policies.flatMap((id) => policyTrees().get(id) ?? [])
  if (verdict.allowed) {
    const grounds = deciding.flatMap((policy) => annotation(policy, 'needs') ?? [])
    return { rule: `Permitted to ${fill(grounds[0] ?? 'everyone', resource, action)}.`, missing: [] }
  }
  const [forbid] = deciding
  if (forbid) return explainForbid(forbid, resource, action)
  const nearest = nearestPermit(situation, factsOf(situation, resource))
  if (!nearest) return { rule: `No policy lets anyone ${actionLabels[action]} here.`, missing: [] }
  const needs = fill(annotation(nearest.policy, 'needs') ?? 'another right', resource, action)
  const missing = nearest.failed.map((clause) => needOf(clause, actor, resource) ?? needs)
  return { rule: `Needs ${needs}; ${describeAsker(actor)}.`, missing: [...new Set(missing)] }
}
