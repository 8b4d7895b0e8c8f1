import {
  type AuthorizationAnswer,
  isAuthorizedPartial,
  type PolicyJson,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs'
import { assetEntity, contextRecord, principalEntity, type Situation } from './entities'
import { policyTexts, policyVersion } from './policies'
import type { ResourceFacts } from './resource'

const policies = { staticPolicies: policyTexts }

let preparedVersion: string | undefined

/** Cedar keeps the parsed set under the version's name: a decision then takes a tenth of a millisecond. */
function prepare(): string {
  if (preparedVersion === policyVersion) return policyVersion
  const answer = preparsePolicySet(policyVersion, policies)
  if (answer.type === 'failure') {
    throw new Error(`The policies do not parse: ${answer.errors.map((error) => error.message).join('; ')}`)
  }
  preparedVersion = policyVersion
  return policyVersion
}

export interface Verdict {
  allowed: boolean
  /** Ids of the policies that decided. */
  policies: string[]
  /** Policies that failed while running; one is enough to deny. */
  errors: string[]
}

/** Cedar skips a policy that errors, and an erring forbid would let a permit win: here an error denies. */
export function verdictOf(answer: AuthorizationAnswer): Verdict {
  if (answer.type === 'failure') {
    return { allowed: false, policies: [], errors: answer.errors.map((error) => error.message) }
  }
  const { decision, diagnostics } = answer.response
  const errors = diagnostics.errors.map((one) => `${one.policyId}: ${one.error.message}`)
  return {
    allowed: decision === 'allow' && errors.length === 0,
    policies: diagnostics.reason.toSorted(),
    errors,
  }
}

export function ask(situation: Situation, resource: ResourceFacts): Verdict {
  const principal = principalEntity(situation)
  const asset = assetEntity(resource)
  return verdictOf(
    statefulIsAuthorized({
      principal: principal.uid,
      action: { type: 'Action', id: situation.action },
      resource: asset.uid,
      context: contextRecord(situation),
      preparsedPolicySetId: prepare(),
      entities: [principal, asset],
    }),
  )
}

export interface Residual {
  effect: 'permit' | 'forbid'
  /** True, or the conditions that still depend on the resource. */
  policy: PolicyJson | true
}

/** What Cedar leaves of the policies when only the resource is unknown; null when a policy errored. */
export function askPartially(situation: Situation): Residual[] | null {
  const principal = principalEntity(situation)
  const answer = isAuthorizedPartial({
    principal: principal.uid,
    action: { type: 'Action', id: situation.action },
    resource: null,
    context: contextRecord(situation),
    policies,
    entities: [principal],
  })
  if (answer.type === 'failure' || answer.response.errored.length > 0) return null
  const { residuals, satisfied, nontrivialResiduals } = answer.response
  return [...new Set([...satisfied, ...nontrivialResiduals])].flatMap((id): Residual[] => {
    const residual = residuals[id]
    if (!residual) return []
    return [{ effect: residual.effect, policy: satisfied.includes(id) ? true : residual }]
  })
}

let parsed: Map<string, PolicyJson> | undefined

/** Each policy as Cedar's own JSON, in their order. */
export function policyTrees(): ReadonlyMap<string, PolicyJson> {
  parsed ??= new Map(
    Object.entries(policyTexts).map(([id, text]): [string, PolicyJson] => {
      const answer = policyToJson(text)
      if (answer.type === 'failure') throw new Error(`Policy ${id} does not parse.`)
      return [id, answer.json]
    }),
  )
  return parsed
}
