import { quantileType7 } from './bins'
import type { EffectFloors } from './judge'
import { type DriftMeasures, measureProfiles } from './measure'
import { mergeProfiles } from './merge-profiles'
import { type Profile, presentRows } from './profile'
import { sum } from './sums'

/** Floors from the reference itself, and the number of independent rows that a block is worth. */
export interface BlockFloors extends EffectFloors {
  effectiveRows: number
  blocks: number
}

/** Each block beside all others together, by merging what stands before it with what stands after it. */
function leaveOneOut(blocks: readonly Profile[]): [others: Profile, block: Profile][] {
  const add = (a: Profile | null, b: Profile | null) => (a && b ? mergeProfiles(a, b) : (a ?? b))
  const after: (Profile | null)[] = [null]
  for (const block of [...blocks].reverse()) after.push(add(block, after.at(-1) ?? null))
  after.reverse()
  let before: Profile | null = null
  return blocks.flatMap((block, i): [Profile, Profile][] => {
    const others = add(before, after[i + 1] ?? null)
    before = add(before, block)
    return others ? [[others, block]] : []
  })
}

const rateChange = ({ trueRates }: DriftMeasures) =>
  trueRates ? Math.abs(trueRates.window - trueRates.reference) : 0

/**
 * What windows of the monitor's length reach inside the reference, where there is no drift by definition: each
 * block against all others together, and the 99th percentile of their effects. Rows of rolling features and of
 * one day are not independent, which the chi-square floor supposes. Effective rows = a block's mean rows ÷ how
 * many times the mean PSI exceeds its expectation under independence. Null below two blocks with rows.
 */
export function blockFloors(blocks: readonly Profile[], quantile = 0.99): BlockFloors | null {
  const filled = blocks.filter((block) => presentRows(block) > 0)
  if (filled.length < 2) return null
  const measured = leaveOneOut(filled).map(([others, block]) => measureProfiles(others, block))
  const of = (effect: (one: DriftMeasures) => number | null) => measured.map((one) => effect(one) ?? 0)
  const upper = (effects: number[]) =>
    quantileType7(Float64Array.from(effects).sort(), Math.round(quantile * 100), 100)
  const expected = sum(of((one) => one.psiExpected))
  const inflation = expected === 0 ? 1 : Math.max(1, sum(of(({ psi }) => psi)) / expected)
  return {
    psi: upper(of(({ psi }) => psi)),
    wassersteinOverSd: upper(of((one) => one.wassersteinOverSd)),
    trueRateChange: upper(of(rateChange)),
    nullRateIncrease: upper(of(({ nulls }) => Math.max(0, nulls.change ?? 0))),
    effectiveRows: sum(filled.map(presentRows)) / filled.length / inflation,
    blocks: filled.length,
  }
}
