import type { DriftResult } from './distances/compare-profiles'
import type { Judged } from './distances/judge'
import type { Reference } from './reference'

/** A feature that is not quiet in a window: enough for a strip's hover. */
export interface Alarm {
  feature: string
  judged: 'warn' | 'fail'
  sentence: string
}

/** One window of all features, as lists and strips need it. */
export interface RunSummary {
  /** Features that were judged and have not moved. What could not be judged is in neither list. */
  quiet: string[]
  alarms: Alarm[]
}

/** Only missing values are judged of a feature that is counted by presence. */
const judgedOf = ({ kind }: Pick<Reference, 'kind'>, result: DriftResult): Judged =>
  kind === 'presence' ? result.verdict.nulls : result.judged

const perCent = (rate: number | null) => `${Number(((rate ?? 0) * 100).toPrecision(2))} %`

/** What a window says of a feature whose values are not judged. */
export const missingSentence = ({ nulls }: DriftResult): string =>
  nulls.windowRows === 0
    ? 'No rows in the window.'
    : `Nulls ${perCent(nulls.referenceRate)} → ${perCent(nulls.windowRate)}; values are not judged.`

export function summarizeRun(
  references: ReadonlyMap<string, Reference>,
  results: ReadonlyMap<string, DriftResult>,
): RunSummary {
  const summary: RunSummary = { quiet: [], alarms: [] }
  for (const [feature, result] of results) {
    const reference = references.get(feature)
    const judged = reference ? judgedOf(reference, result) : result.judged
    if (judged === 'no_data' || judged === 'low_confidence') continue
    if (judged === 'ok') {
      summary.quiet.push(feature)
      continue
    }
    const sentence = reference?.kind === 'presence' ? missingSentence(result) : result.sentence
    summary.alarms.push({ feature, judged, sentence })
  }
  return summary
}

const failingShare = 0.3

/** The group's drift: fail when 30 % or more of the judged features fail, warn when any is not quiet; null: not judged. */
export function judgeRun({ quiet, alarms }: RunSummary): 'ok' | 'warn' | 'fail' | null {
  const judged = quiet.length + alarms.length
  if (judged === 0) return null
  const failing = alarms.filter((alarm) => alarm.judged === 'fail').length
  if (failing > 0 && failing / judged >= failingShare) return 'fail'
  return alarms.length > 0 ? 'warn' : 'ok'
}
