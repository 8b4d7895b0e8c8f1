import { and, type Condition, conditionOfPolicy, not, or } from './condition'
import { askPartially } from './engine'
import type { Situation } from './entities'
import { keep } from './keep'

export interface Remainder {
  /** What some permit still asks of the resource; false when none can ever hold. */
  permitted: Condition
  /** The same, and no forbid. */
  allowed: Condition
}

function compute(situation: Situation): Remainder {
  const residuals = askPartially(situation)
  if (residuals === null) return { permitted: false, allowed: false }
  const of = (effect: 'permit' | 'forbid') =>
    or(
      ...residuals
        .filter((residual) => residual.effect === effect)
        .map((residual) => conditionOfPolicy(residual.policy)),
    )
  const permitted = of('permit')
  return { permitted, allowed: and(permitted, not(of('forbid'))) }
}

/** What the policies leave open about a resource when nothing of it is known. Cedar parses for it, so it is kept. */
export const remainder = (situation: Situation): Remainder =>
  keep('remainders', situation, null, () => compute(situation))
