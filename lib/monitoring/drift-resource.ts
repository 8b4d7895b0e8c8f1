import { isoOf, type WindowKind, windowMs } from './calendar'
import type { DriftResult } from './distances/compare-profiles'
import { type Profile, presentRows, profileSd } from './distances/profile'
import { DEFAULT_THRESHOLDS } from './distances/thresholds'
import type { Reference } from './reference'
import { referenceName } from './reference-span'
import type { DriftSeries, DriftWindow, ReferenceResource } from './resources'
import { missingSentence } from './run-summary'
import { windowQuantiles } from './window-quantiles'

const { psi, wassersteinOverSd, trueRateChange, newValueShare, nullRateIncrease, alpha } = DEFAULT_THRESHOLDS

export const thresholdsResource: DriftSeries['thresholds'] = {
  psi,
  wasserstein_over_ref_std: wassersteinOverSd,
  true_rate_change: trueRateChange,
  new_value_share: newValueShare,
  null_rate_increase: nullRateIncrease,
  alpha,
}

const meanOf = (profile: Profile): number | null => (profile.kind === 'numeric' ? profile.mean : null)

export function referenceResource(
  reference: Reference,
  window: WindowKind,
  isConfidential: boolean,
): ReferenceResource {
  const { id, fromMs, toMs, frozen, profile, floors } = reference
  const numeric = profile.kind === 'numeric' && presentRows(profile) > 0 ? profile : null
  const isBoolean = reference.kind === 'boolean' && profile.kind === 'boolean'
  return {
    id,
    name: referenceName(fromMs, toMs),
    from: isoOf(fromMs),
    to: isoOf(toMs),
    frozen,
    rows: profile.rows,
    nulls: profile.missing,
    mean: meanOf(profile),
    quantiles: windowQuantiles(profile, isConfidential),
    standard_deviation: numeric && profileSd(numeric),
    effective_rows: floors[window]?.effectiveRows ?? null,
    edges: numeric?.bins.edges ?? null,
    counts: numeric?.counts ?? null,
    values: profile.kind === 'categorical' ? profile.values : null,
    trues: isBoolean ? profile.trues : null,
  }
}

interface WindowInput {
  window: WindowKind
  startMs: number
  nowMs: number
  reference: Reference
  profile: Profile
  result: DriftResult
  isConfidential: boolean
}

/** Nothing of a presence count but its nulls means anything. */
function effectsOf({ reference, result }: WindowInput) {
  if (reference.kind === 'presence') {
    return {
      psi: null,
      psi_variant: null,
      psi_floor: null,
      js_distance_base2: null,
      hellinger: null,
      tvd: null,
      true_rate: null,
      new_value_share: null,
      test: null,
      p: result.nulls.p,
      p_adjusted: result.verdict.p.nulls,
      judged: result.verdict.nulls,
    }
  }
  return {
    psi: result.psi,
    psi_variant: result.psiVariant,
    psi_floor: result.psiFloor,
    js_distance_base2: result.js,
    hellinger: result.hellinger,
    tvd: result.totalVariation,
    true_rate: result.trueRates?.window ?? null,
    new_value_share: result.newValueShare,
    test: result.test,
    p: result.p,
    p_adjusted: result.verdict.p.drift,
    judged: result.judged,
  }
}

export function windowResource(input: WindowInput): DriftWindow {
  const { window, startMs, nowMs, reference, profile, result } = input
  const endMs = startMs + windowMs[window]
  const { inForce } = result.verdict
  return {
    start: isoOf(startMs),
    end: isoOf(endMs),
    rows: profile.rows,
    nulls: profile.missing,
    null_rate: result.nulls.windowRate,
    null_rate_change: result.nullRateChange,
    mean: meanOf(profile),
    quantiles: windowQuantiles(profile, input.isConfidential),
    wasserstein_over_ref_std: result.wassersteinOverSd,
    mean_shift_over_ref_std: result.meanShiftOverSd,
    thresholds: { psi: inForce.psi, wasserstein_over_ref_std: inForce.wassersteinOverSd },
    in_reference: startMs < reference.toMs && endMs > reference.fromMs,
    complete: endMs <= nowMs,
    sentence: reference.kind === 'presence' ? missingSentence(result) : result.sentence,
    ...effectsOf(input),
  }
}
