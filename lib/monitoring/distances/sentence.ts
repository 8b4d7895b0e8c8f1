import { countText } from '@/lib/core/number-text'
import type { Verdict } from './judge'
import type { DriftMeasures } from './measure'

/** Two significant digits; "under 0.001" for what is smaller. */
function short(value: number): string {
  if (value === 0) return '0'
  if (Math.abs(value) < 0.001) return 'under 0.001'
  return Math.abs(value) >= 10 ? countText(Math.round(value)) : String(Number(value.toPrecision(2)))
}

const perCent = (share: number) => `${short(share * 100)} %`
const points = (change: number) => `${short(Math.abs(change) * 100)} points`

/**
 * The verdict in a sentence, with the numbers that decided: "Moved 0.61 sd up: PSI 0.42 over 0.25; nulls 0.1 % →
 * 7 %." Given a name, it is the subject.
 */
export function driftSentence(measures: DriftMeasures, verdict: Verdict, name?: string): string {
  const isLosing = verdict.nulls === 'warn' || verdict.nulls === 'fail'
  const drift = driftClause(measures, verdict)
  const nulls = nullClause(measures)
  // What decided comes first, and says so: "no drift found" beside a mark of warning would contradict it.
  const decided = `${verdict.nulls === 'fail' ? 'failing' : 'warning'} for ${nulls}`
  const text = (isLosing ? (verdict.drift === 'ok' ? [decided, drift] : [drift, nulls]) : [drift]).join('; ')
  if (name === undefined) return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  return `\`${name}\`${/^(moved|stands)/.test(text) ? ' ' : ': '}${text}.`
}

function nullClause({ nulls }: DriftMeasures): string {
  return `nulls ${perCent(nulls.referenceRate ?? 0)} → ${perCent(nulls.windowRate ?? 0)}`
}

function driftClause(measures: DriftMeasures, verdict: Verdict): string {
  const { status, reason, nulls, referenceRows, windowRows } = measures
  if (status === 'no_data_both') return 'neither side has values, so drift is not judged'
  if (status === 'no_data_reference') return 'the reference has no values, so drift is not judged'
  if (status === 'no_data_current') {
    if (nulls.windowRows === 0) return 'no rows in the window, so drift is not judged'
    return `none of the window's ${countText(nulls.windowRows)} rows has a value, so drift is not judged`
  }
  if (reason === 'id_like') return 'nearly every reference value is different, so drift is not judged'
  if (verdict.confidence === 'none') {
    const side = windowRows <= referenceRows ? 'window' : 'reference'
    const rows = Math.min(referenceRows, windowRows)
    if (rows === 1) return `1 row in the ${side} is too few to judge drift`
    return `${countText(rows)} rows in the ${side} are too few to judge drift`
  }
  const doubt = verdict.confidence === 'low' ? `, low confidence on ${countText(windowRows)} rows` : ''
  if (verdict.drift === 'warn' || verdict.drift === 'fail') return moveClause(measures, verdict) + doubt
  const low = doubt ? ', low confidence' : ''
  return `no drift found on ${countText(windowRows)} rows${effectList(measures)}${low}${calmClause(measures, verdict)}`
}

const outside = (rows: number) =>
  `${countText(rows)} ${rows === 1 ? 'row lies' : 'rows lie'} outside the reference's range`

/** What else must be known beside "no drift": single rows far away, and columns that cannot move by their nature. */
function calmClause({ reason, outsideRows, wassersteinOverSd }: DriftMeasures, { levels }: Verdict): string {
  const isFar = levels.wassersteinOverSd === 'warn' || levels.wassersteinOverSd === 'fail'
  if (isFar && outsideRows)
    return `; ${outside(outsideRows)} and ${outsideRows === 1 ? 'makes' : 'make'} the ${short(wassersteinOverSd ?? 0)} sd, the others have not shifted`
  if (reason === 'constant_reference') return '; the reference is one value throughout'
  return reason === 'overflow' ? '; its values are too large for a standard deviation' : ''
}

function effectList({ kind, psi, wassersteinOverSd, trueRates }: DriftMeasures): string {
  if (trueRates) return `: true rate ${perCent(trueRates.reference)} → ${perCent(trueRates.window)}`
  const moved = wassersteinOverSd === null ? '' : `, ${short(wassersteinOverSd)} sd moved`
  return psi === null || kind === 'boolean' ? '' : `: PSI ${short(psi)}${moved}`
}

function moveClause(measures: DriftMeasures, { drift, levels, inForce }: Verdict): string {
  const { psi, newValueShare, trueRates } = measures
  if (trueRates) {
    const { reference, window } = trueRates
    const way = window > reference ? 'up' : 'down'
    return `moved ${points(window - reference)} ${way}: true rate ${perCent(reference)} → ${perCent(window)}`
  }
  const limits = inForce.psi
  const passed = levels.psi === 'fail' ? limits.fail : limits.warn
  const side = levels.psi === 'ok' ? `under ${short(passed)}` : `over ${short(passed)}`
  const fresh =
    levels.newValues === 'ok' || newValueShare === null
      ? ''
      : `, ${perCent(newValueShare)} of rows have values that the reference never had`
  const onlyNew = drift === 'warn' && levels.psi === 'ok' && fresh !== ''
  const effect = psi === null ? '' : `: PSI ${short(psi)} ${side}`
  return `${onlyNew ? 'new values' : movement(measures)}${effect}${fresh}`
}

/** How far and which way, in the words of the feature's kind. */
function movement({ reason, wassersteinOverSd: moved, meanShiftOverSd: shift, largestMove }: DriftMeasures) {
  if (reason === 'constant_window') return 'stands still at one value'
  if (largestMove) {
    const value = largestMove.value === null ? 'the rarer values' : `"${largestMove.value}"`
    return `moved, most of all ${value} by ${points(largestMove.change)} ${largestMove.change > 0 ? 'up' : 'down'}`
  }
  if (moved === null) return 'moved'
  // When the mean explains less than half of the movement, the shape changed rather than the level.
  if (shift === null || Math.abs(shift) < moved / 2)
    return `moved ${short(moved)} sd, in shape more than in level`
  return `moved ${short(moved)} sd ${shift > 0 ? 'up' : 'down'}`
}
