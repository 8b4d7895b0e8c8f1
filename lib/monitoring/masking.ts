import type { ServingFeature } from '@/lib/registry'
import { isConfidential, leastRows } from './confidential'
import type { DriftWindow, FeatureStatistics, Judgement, ReferenceResource } from './resources'
import type { WindowStatistics } from './window-profile'

const few = `Fewer than ${leastRows} rows of a confidential feature: all but row and null counts is hidden.`
const fewInWindow = `Fewer than ${leastRows} rows of a confidential feature in the window: its drift is not told.`
const rare = `Extremes of a confidential feature, and what fewer than ${leastRows} rows have, are hidden.`

const enough = (count: number): boolean => count === 0 || count >= leastRows
const supported = (count: number | null): number | null => (count !== null && enough(count) ? count : null)

export interface Bins {
  edges: number[]
  counts: number[]
}

/** Neighbouring bins put together until each holds k rows. */
function mergedBins({ edges, counts }: Bins): Bins {
  const merged: Bins = { edges: [], counts: [] }
  let open = 0
  counts.forEach((count, bin) => {
    open += count
    const edge = edges[bin]
    if (open < leastRows || edge === undefined) return
    merged.edges.push(edge)
    merged.counts.push(open)
    open = 0
  })
  if (open >= leastRows) return { ...merged, counts: [...merged.counts, open] }
  const last = merged.counts.pop() ?? 0
  return { edges: merged.edges.slice(0, -1), counts: [...merged.counts, last + open] }
}

/** A decile stands for a tenth of the rows. */
const manyEnough = <Q>(quantiles: Q, present: number): Q | null =>
  present >= 10 * leastRows ? quantiles : null

function statistics(all: FeatureStatistics): FeatureStatistics {
  const present = all.rows - all.nulls
  if (present < leastRows) {
    const nothing = { nan: null, positive_infinity: null, negative_infinity: null, distinct: null, min: null }
    const neither = { max: null, mean: null, standard_deviation: null, quantiles: null, histogram: null }
    return { ...all, ...nothing, ...neither, top: [], other: null, trues: null, lengths: null, hidden: few }
  }
  const top = all.top.filter(({ count }) => count >= leastRows)
  const quantiles = manyEnough(all.quantiles, present)
  return {
    ...all,
    nan: supported(all.nan),
    positive_infinity: supported(all.positive_infinity),
    negative_infinity: supported(all.negative_infinity),
    min: null,
    max: null,
    quantiles: quantiles?.filter(({ p }) => p > 0 && p < 1) ?? null,
    histogram: all.histogram && mergedBins(all.histogram),
    top,
    other: present - top.reduce((total, { count }) => total + count, 0),
    trues: all.trues !== null && enough(present - all.trues) ? supported(all.trues) : null,
    lengths: all.lengths && { ...all.lengths, min: null, max: null },
    hidden: rare,
  }
}

function counts(all: WindowStatistics['counts']): unknown {
  const { kind, rows, missing } = all
  if (rows - missing < leastRows) return { kind, rows, missing, hidden: few }
  if (all.kind === 'boolean') {
    const trues = enough(rows - missing - all.trues) ? supported(all.trues) : null
    return { kind, rows, missing, trues, hidden: rare }
  }
  if (all.kind === 'categorical') {
    const values = all.values.filter(([, count]) => count >= leastRows)
    const listed = values.reduce((total, [, count]) => total + count, 0)
    return { kind, rows, missing, values, other: rows - missing - listed, hidden: rare }
  }
  const { mean, m2 } = all
  return { kind, rows, missing, mean, m2, counts: all.counts.map(supported), hidden: rare }
}

const noEffects = {
  mean: null,
  quantiles: null,
  psi: null,
  psi_floor: null,
  wasserstein_over_ref_std: null,
  mean_shift_over_ref_std: null,
  js_distance_base2: null,
  hellinger: null,
  tvd: null,
  true_rate: null,
  new_value_share: null,
  test: null,
  p: null,
  p_adjusted: null,
}

/** A share of rows that stands for fewer than k of them. */
function share(rate: number | null, rows: number): number | null {
  if (rate === null) return null
  const having = Math.round(rate * rows)
  return enough(having) ? rate : null
}

/** A verdict on few rows tells of their values, and sentences name values and rates. */
function judgement(judged: Judgement, present: number): Pick<DriftWindow, 'judged' | 'sentence'> {
  if (judged === 'no_data') return { judged, sentence: 'No values, so drift is not judged.' }
  if (present < leastRows) return { judged: 'low_confidence', sentence: fewInWindow }
  return {
    judged,
    sentence: judged === 'ok' ? 'No drift found.' : `Judged ${judged.replace('_', ' ')}. ${rare}`,
  }
}

function driftWindow(all: DriftWindow): DriftWindow {
  const present = all.rows - all.nulls
  if (all.rows === 0) return all
  if (present < leastRows) return { ...all, ...noEffects, ...judgement(all.judged, present) }
  const sure = share(all.true_rate, present) !== null && share(1 - (all.true_rate ?? 0), present) !== null
  const true_rate = sure ? all.true_rate : null
  const new_value_share = share(all.new_value_share, present)
  const quantiles = manyEnough(all.quantiles, present)
  return { ...all, quantiles, true_rate, new_value_share, ...judgement(all.judged, present) }
}

function reference(all: ReferenceResource): ReferenceResource {
  const nothing = {
    mean: null,
    quantiles: null,
    standard_deviation: null,
    effective_rows: null,
    edges: null,
    counts: null,
  }
  const present = all.rows - all.nulls
  if (present < leastRows) return { ...all, ...nothing, values: null, trues: null }
  const bins = all.edges && all.counts ? mergedBins({ edges: all.edges, counts: all.counts }) : {}
  return {
    ...all,
    ...bins,
    quantiles: manyEnough(all.quantiles, present),
    values: all.values?.filter(([, count]) => count >= leastRows) ?? null,
    trues: all.trues !== null && enough(present - all.trues) ? supported(all.trues) : null,
  }
}

const rule =
  <Shown>(mask: (all: Shown) => Shown) =>
  (feature: Pick<ServingFeature, 'classification'>, all: Shown): Shown =>
    isConfidential(feature) ? mask(all) : all

/**
 * The one rule for every number of a confidential or restricted feature: of fewer than k = 20 values only row and
 * null counts are shown; of k and more everything but extremes and what fewer than k rows have.
 */
export const masked = {
  statistics: rule(statistics),
  counts: (feature: Pick<ServingFeature, 'classification'>, all: WindowStatistics['counts']): unknown =>
    isConfidential(feature) ? counts(all) : all,
  judgement: (
    feature: Pick<ServingFeature, 'classification'>,
    { counts, result: { judged, sentence } }: WindowStatistics,
  ): Pick<DriftWindow, 'judged' | 'sentence'> =>
    isConfidential(feature) ? judgement(judged, counts.rows - counts.missing) : { judged, sentence },
  window: rule(driftWindow),
  reference: rule(reference),
}
