import type { DriftMeasures } from './measure'
import { DEFAULT_THRESHOLDS, type DriftThresholds, type Limits } from './thresholds'

export type Level = 'ok' | 'warn' | 'fail'
export type Judged = Level | 'no_data' | 'low_confidence'

/** Effects that a window reaches by chance inside the reference itself; see block-floors.ts. */
export interface EffectFloors {
  psi: number
  wassersteinOverSd: number
  /** Changes of a rate as shares; absent in floors that were frozen before these were taken. */
  trueRateChange?: number
  nullRateIncrease?: number
}

export interface JudgeOptions {
  thresholds?: DriftThresholds
  blockFloors?: EffectFloors
  /** p-values adjusted over the run; the raw ones are used without them. */
  adjustedP?: { drift: number | null; nulls: number | null }
}

/** Which effect reached which level before significance is asked; null = that effect is not computable. */
export interface EffectLevels {
  psi: Level | null
  wassersteinOverSd: Level | null
  trueRate: Level | null
  newValues: Level | null
}

export interface Verdict {
  /** Worst of drift and nulls; no data is worse than ok, and never ok. */
  judged: Judged
  drift: Judged
  nulls: Judged
  confidence: 'full' | 'low' | 'none'
  levels: EffectLevels
  /** The thresholds in force: the user's, raised to what chance alone reaches. */
  inForce: { psi: Limits; wassersteinOverSd: Limits; trueRateChange: Limits; nullRateIncrease: Limits }
  /** p-values that decided. */
  p: { drift: number | null; nulls: number | null }
}

const SEVERITY: Record<Judged, number> = { ok: 0, low_confidence: 1, no_data: 2, warn: 3, fail: 4 }

/** The most severe; ok for none. */
const worst = <T extends Judged>(...judgements: T[]): T | 'ok' =>
  judgements.reduce<T | 'ok'>((most, next) => (SEVERITY[next] > SEVERITY[most] ? next : most), 'ok')

/** Judges measures: an alarm needs effect and significance and enough rows. */
export function judge(measures: DriftMeasures, options: JudgeOptions = {}): Verdict {
  const { thresholds = DEFAULT_THRESHOLDS, blockFloors, adjustedP } = options
  const p = adjustedP ?? { drift: measures.p, nulls: measures.nulls.p }
  const inForce = {
    psi: raised(thresholds.psi, Math.max(measures.psiFloor ?? 0, blockFloors?.psi ?? 0)),
    wassersteinOverSd: raised(thresholds.wassersteinOverSd, blockFloors?.wassersteinOverSd ?? 0),
    trueRateChange: raised(thresholds.trueRateChange, blockFloors?.trueRateChange ?? 0),
    nullRateIncrease: raised(thresholds.nullRateIncrease, blockFloors?.nullRateIncrease ?? 0),
  }
  const levels = levelsOf(measures, thresholds, inForce)
  const confidence = confidenceOf(measures, thresholds)
  const drift = judgeDrift(measures, levels, confidence, p.drift !== null && p.drift <= thresholds.alpha)
  const nulls = judgeNulls(measures, { ...thresholds, nullRateIncrease: inForce.nullRateIncrease }, p.nulls)
  return { judged: worst<Judged>(drift, nulls), drift, nulls, confidence, levels, inForce, p }
}

const raised = (limits: Limits, floor: number): Limits => ({
  warn: Math.max(limits.warn, floor),
  fail: Math.max(limits.fail, floor),
})

/** From its limit on, inclusive; null where there is no effect. */
export function level(effect: number | null, limits: Limits): Level | null {
  if (effect === null) return null
  if (effect >= limits.fail) return 'fail'
  return effect >= limits.warn ? 'warn' : 'ok'
}

function exceeded(share: number, limits: Limits): Level {
  if (share > limits.fail) return 'fail'
  return share > limits.warn ? 'warn' : 'ok'
}

function levelsOf(
  measures: DriftMeasures,
  thresholds: DriftThresholds,
  inForce: Verdict['inForce'],
): EffectLevels {
  const { kind, trueRates, newValueShare } = measures
  return {
    psi: kind === 'boolean' ? null : level(measures.psi, inForce.psi),
    wassersteinOverSd: level(measures.wassersteinOverSd, inForce.wassersteinOverSd),
    trueRate: trueRates && level(Math.abs(trueRates.window - trueRates.reference), inForce.trueRateChange),
    newValues: newValueShare === null ? null : exceeded(newValueShare, thresholds.newValueShare),
  }
}

function confidenceOf(
  { kind, referenceRows, windowRows, reason }: DriftMeasures,
  thresholds: DriftThresholds,
) {
  const rows = Math.min(referenceRows, windowRows)
  const { fewestRows } = thresholds
  if (reason === 'id_like') return 'none'
  if (rows >= fewestRows[kind]) return 'full'
  return kind === 'numeric' && rows >= fewestRows.numericLowConfidence ? 'low' : 'none'
}

function judgeDrift(
  { status }: DriftMeasures,
  levels: EffectLevels,
  confidence: Verdict['confidence'],
  significant: boolean,
): Judged {
  if (status !== 'ok') return 'no_data'
  if (confidence === 'none') return 'low_confidence'
  const found = worst(significant ? tested(levels) : 'ok', levels.newValues ?? 'ok')
  // A small window that shows nothing has not shown that there is nothing.
  return found === 'ok' && confidence === 'low' ? 'low_confidence' : found
}

/** Warn when either effect passes its warning, fail when every computable one passes its failure. */
function tested({ psi, wassersteinOverSd, trueRate }: EffectLevels): Level {
  const known = [psi, wassersteinOverSd, trueRate].filter((one) => one !== null)
  if (known.length > 0 && known.every((one) => one === 'fail')) return 'fail'
  return known.some((one) => one !== 'ok') ? 'warn' : 'ok'
}

function judgeNulls({ nulls }: DriftMeasures, thresholds: DriftThresholds, p: number | null): Judged {
  const { referenceRows, windowRows, referenceRate, windowRate, change } = nulls
  if (change === null) return 'no_data'
  if (Math.min(referenceRows, windowRows) < thresholds.fewestRows.nulls) return 'low_confidence'
  // Rule of three: no null in n rows bounds the rate at 3/n, so the first one is news without a test.
  const unheardOf =
    referenceRate === 0 && referenceRows >= thresholds.nullFreeReferenceRows && windowRate !== 0
  const increase = level(change, thresholds.nullRateIncrease) ?? 'ok'
  if (unheardOf) return increase === 'fail' ? 'fail' : 'warn'
  return p !== null && p <= thresholds.alpha ? increase : 'ok'
}

/** One effect at its failure in at least `atLeast` of the last `of` windows is a failure by persistence. */
export function failsPersistently(
  windows: readonly EffectLevels[],
  { atLeast, of }: { atLeast: number; of: number } = { atLeast: 2, of: 3 },
): boolean {
  const recent = windows.slice(-of)
  const effects: (keyof EffectLevels)[] = ['psi', 'wassersteinOverSd', 'trueRate', 'newValues']
  return effects.some((effect) => recent.filter((levels) => levels[effect] === 'fail').length >= atLeast)
}
