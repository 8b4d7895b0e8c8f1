import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ask, policyTrees } from './engine'
import { assetEntity, contextRecord, principalEntity, type Situation } from './entities'
import { NotCompilable, readExpression } from './expression'
import { clausesOf, concerns, type Facts } from './interpret'
import {
  arbitraryAction,
  arbitraryEnvironment,
  arbitraryNow,
  arbitraryPurpose,
  arbitraryResource,
  arbitrarySubject,
} from './testing/arbitraries'

/** The explainer's reading alone: every applicable permit and forbid whose clauses all hold. */
function interpreted(action: string, facts: Facts) {
  const hits = [...policyTrees()].filter(
    ([, policy]) => concerns(policy, action) && clausesOf(policy, facts).every((clause) => clause.holds),
  )
  const of = (effect: string) => hits.filter(([, policy]) => policy.effect === effect).map(([id]) => id)
  const deciding = of('forbid').length > 0 ? of('forbid') : of('permit')
  return { allowed: of('forbid').length === 0 && of('permit').length > 0, policies: deciding.toSorted() }
}

test('the explainer reads the policies exactly as Cedar does', () => {
  const situations = fc.record({
    actor: arbitrarySubject,
    action: arbitraryAction,
    environment: arbitraryEnvironment,
    purpose: arbitraryPurpose,
    now: arbitraryNow,
  })
  fc.assert(
    fc.property(situations, arbitraryResource, (situation: Situation, resource) => {
      const facts = {
        principal: principalEntity(situation).attrs,
        resource: assetEntity(resource).attrs,
        context: contextRecord(situation),
      }
      expect({ ...interpreted(situation.action, facts), errors: [] }).toEqual(ask(situation, resource))
    }),
    { numRuns: 2000 },
  )
})

test('what is outside the closed set is refused', () => {
  expect(() => readExpression({ '<': { left: { Value: 1 }, right: { Value: 2 } } })).toThrow(NotCompilable)
  expect(() => readExpression({ has: { left: { Var: 'resource' }, attr: ['a', 'b'] } })).toThrow(
    NotCompilable,
  )
})
