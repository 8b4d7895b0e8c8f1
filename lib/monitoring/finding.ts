import { countText } from '@/lib/core/number-text'
import { dayText, type WindowKind } from './calendar'
import type { DriftWindow } from './resources'

interface FindingInput {
  feature: string
  window: WindowKind
  /** Only missing values are judged. */
  isPresence: boolean
  /** Short name of the reference: "the first 4 weeks". */
  reference: string
  nowMs: number
  windows: readonly DriftWindow[]
}

const effectOf = (window: DriftWindow): number =>
  Math.abs(window.wasserstein_over_ref_std ?? 0) || Math.abs(window.psi ?? 0)

const number = (value: number): string => String(Number(value.toPrecision(2)))

function movement(window: DriftWindow): string {
  const { wasserstein_over_ref_std: moved, mean_shift_over_ref_std: shift, psi, true_rate: trueRate } = window
  const { new_value_share: newValues, thresholds } = window
  if (trueRate !== null) return `moved to a true rate of ${number(trueRate * 100)} %`
  if (newValues && psi !== null && psi < thresholds.psi.warn) return 'had values that the reference never had'
  if (moved === null) return psi === null ? 'moved' : `changed its mix of values (PSI ${number(psi)})`
  if (shift === null || Math.abs(shift) < moved / 2) return `changed its shape by ${number(moved)} sd`
  return `${shift > 0 ? 'rose' : 'fell'} ${number(Math.abs(shift))} sd`
}

const severity = { fail: 2, warn: 1, ok: 0, low_confidence: 0, no_data: 0 }

/** The most severe, then the strongest, window outside the reference that is an alarm. */
function worstOf(windows: readonly DriftWindow[]): DriftWindow | undefined {
  const alarms = windows.filter((window) => severity[window.judged] > 0)
  return alarms.sort((a, b) => severity[b.judged] - severity[a.judged] || effectOf(b) - effectOf(a))[0]
}

/** Values went missing, and what was left did not move as far. */
const lostValues = ({ null_rate_change: change, psi, thresholds, ...window }: DriftWindow): boolean =>
  (change ?? 0) > 0 &&
  (psi ?? 0) < thresholds.psi.warn &&
  (window.wasserstein_over_ref_std ?? 0) < thresholds.wasserstein_over_ref_std.warn

function alarmFinding(feature: string, window: WindowKind, worst: DriftWindow, nowMs: number): string {
  const day = dayText(Date.parse(worst.start), nowMs)
  const when = window === 'week' ? `in the week of ${day}` : `on ${day}`
  if (!lostValues(worst)) return `${feature} ${movement(worst)} ${when}`
  return `${feature} lost values ${when}: nulls rose by ${number((worst.null_rate_change ?? 0) * 100)} points`
}

function calmFinding(
  { feature, isPresence, window, reference }: FindingInput,
  filled: readonly DriftWindow[],
): string {
  const judged = filled.filter((one) => one.judged === 'ok')
  const first = judged[0]
  if (!first) {
    const rows = Math.max(...filled.map((one) => one.rows))
    return `${feature} has at most ${countText(rows)} rows a ${window}, too few to judge drift`
  }
  const most = judged.reduce((top, one) => (effectOf(one) > effectOf(top) ? one : top), first)
  const span = judged.length === 1 ? `the one ${window} judged` : `all ${judged.length} ${window}s judged`
  const subject = isPresence ? `The missing values of ${feature}` : feature
  const held = `${subject} held steady against ${reference} in ${span}`
  if (most.wasserstein_over_ref_std !== null)
    return `${held}: at most ${number(most.wasserstein_over_ref_std)} sd moved`
  return most.psi === null ? held : `${held}: PSI at most ${number(most.psi)}`
}

/** What the whole series says, in one sentence without a full stop: the title of its chart. */
export function driftFinding(input: FindingInput): string {
  const { feature, window, reference, nowMs, windows } = input
  if (windows.every((one) => one.rows === 0)) return `${feature} has no rows, so drift is not judged`
  const later = windows.filter((one) => !one.in_reference)
  const filled = later.filter((one) => one.rows > 0)
  if (filled.length === 0) return `All rows of ${feature} lie in the reference, ${reference}`
  const worst = worstOf(later)
  return worst ? alarmFinding(feature, window, worst, nowMs) : calmFinding(input, filled)
}
