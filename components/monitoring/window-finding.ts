import { wordText } from '@/components/feature-group/words'
import { formatNumber, formatShare } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'

type Reference = DriftSeries['reference']

const medianOf = (quantiles: DriftWindow['quantiles'] | undefined): number | null =>
  quantiles?.find(({ p }) => p === 0.5)?.value ?? null

const longest = 40
const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)

/** Of text: its most frequent value. */
interface Most {
  /** Null: values that are not listed. */
  value: string | null
  share: number
}

function inReference(reference: Reference, value: string): string {
  const present = reference ? reference.rows - reference.nulls : 0
  const count = reference?.values?.find(([known]) => known === value)?.[1] ?? null
  return present > 0 && count !== null ? `; ${formatShare(count / present)} in the reference` : ''
}

/** What one window's distribution shows beside the reference's, as a sentence without its full stop. */
export function windowFinding(series: DriftSeries, window: DriftWindow, most: Most | null = null): string {
  const { feature, reference, kind } = series
  const when = `in the ${series.window} of ${formatDay(window.start)}`
  const median = medianOf(window.quantiles)
  const before = medianOf(reference?.quantiles)
  if (median !== null) {
    const what = kind === 'length' ? `Median length of ${feature}` : `Median of ${feature}`
    return `${what} was ${formatNumber(median)} ${when}${before === null ? '' : `; ${formatNumber(before)} in the reference`}`
  }
  if (kind === 'boolean' && window.true_rate !== null) {
    const present = reference ? reference.rows - reference.nulls : 0
    const trues = reference?.trues ?? null
    const against =
      trues === null || present === 0 ? '' : `; ${formatShare(trues / present)} in the reference`
    return `${feature} was true in ${formatShare(window.true_rate)} of rows ${when}${against}`
  }
  if (most !== null && most.value !== null)
    return `${cut(wordText(most.value))} was ${formatShare(most.share)} of ${feature} ${when}${inReference(reference, most.value)}`
  return `${feature} ${when}, and the reference`
}
