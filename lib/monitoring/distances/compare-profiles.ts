import { type Judged, type JudgeOptions, judge, type Verdict } from './judge'
import { type DriftMeasures, measureProfiles } from './measure'
import { benjaminiHochberg } from './multiplicity'
import type { Profile } from './profile'
import { driftSentence } from './sentence'

/** Everything that one feature's run keeps: effects, tests, thresholds in force, verdict and sentence. */
export interface DriftResult extends Omit<DriftMeasures, 'nulls'> {
  /** Window − reference as a share; null when a side has no rows. */
  nullRateChange: number | null
  nulls: DriftMeasures['nulls']
  judged: Judged
  verdict: Verdict
  sentence: string
}

export interface CompareOptions extends Omit<JudgeOptions, 'adjustedP'> {
  name?: string
}

/** Compares one window with its reference on its own p-values; features of one run belong to compareRun. */
export function compareProfiles(
  reference: Profile,
  window: Profile,
  options: CompareOptions = {},
): DriftResult {
  return result(measureProfiles(reference, window), options)
}

function result(
  measures: DriftMeasures,
  { name, ...options }: JudgeOptions & { name?: string },
): DriftResult {
  const verdict = judge(measures, options)
  return {
    ...measures,
    nullRateChange: measures.nulls.change,
    judged: verdict.judged,
    verdict,
    sentence: driftSentence(measures, verdict, name),
  }
}

export interface RunEntry extends CompareOptions {
  reference: Profile
  window: Profile
}

/** Compares all features of a run, their p-values adjusted together (Benjamini–Hochberg), in the given order. */
export function compareRun(entries: readonly RunEntry[]): DriftResult[] {
  const measured = entries.map(({ reference, window, ...options }) => ({
    measures: measureProfiles(reference, window),
    options,
  }))
  const pValues = measured.flatMap(({ measures }) => [measures.p, measures.nulls.p])
  const adjusted = benjaminiHochberg(pValues.filter((p) => p !== null))[Symbol.iterator]()
  const next = (p: number | null) => (p === null ? null : (adjusted.next().value ?? null))
  return measured.map(({ measures, options }) =>
    result(measures, { ...options, adjustedP: { drift: next(measures.p), nulls: next(measures.nulls.p) } }),
  )
}
