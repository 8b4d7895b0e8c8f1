import { quantileType7 } from './bins'
import type { EffectFloors } from './judge'
import { measureProfiles } from './measure'
import { mergeNumericProfiles, type NumericProfile, presentRows } from './profile'
import { psiExpected } from './psi-floor'
import { sum } from './sums'

/** Floors from the reference itself, and the number of independent rows that a block is worth. */
export interface BlockFloors extends EffectFloors {
  effectiveRows: number
  blocks: number
}

/**
 * What windows of the monitor's length reach inside the reference, where there is no drift by definition: each
 * block against all others together, and the 99th percentile of their effects. Rows of rolling features and of
 * one day are not independent, which the chi-square floor supposes. Effective rows = a block's mean rows ÷ how
 * many times the mean PSI exceeds its expectation under independence. Null below two blocks with rows.
 */
export function blockFloors(blocks: readonly NumericProfile[], quantile = 0.99): BlockFloors | null {
  const filled = blocks.filter((block) => presentRows(block) > 0)
  if (filled.length < 2) return null
  const measured = filled.map((block, i) => {
    const [first, ...rest] = filled.filter((_, j) => j !== i)
    const others = first && rest.reduce(mergeNumericProfiles, first)
    return measureProfiles(others ?? block, block)
  })
  const psis = measured.map(({ psi }) => psi ?? 0)
  const expected = measured.map((m) =>
    psiExpected(filled[0]?.counts.length ?? 1, m.referenceRows, m.windowRows),
  )
  const inflation = sum(expected) === 0 ? 1 : Math.max(1, sum(psis) / sum(expected))
  const upper = (effects: number[]) =>
    quantileType7(Float64Array.from(effects).sort(), Math.round(quantile * 100), 100)
  return {
    psi: upper(psis),
    wassersteinOverSd: upper(measured.map(({ wassersteinOverSd }) => wassersteinOverSd ?? 0)),
    effectiveRows: sum(filled.map(presentRows)) / filled.length / inflation,
    blocks: filled.length,
  }
}
