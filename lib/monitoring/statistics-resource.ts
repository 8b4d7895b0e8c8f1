import { parseJson } from '@/lib/core/json'
import type { ColumnProfile } from '@/lib/offline'
import type { ServingFeature } from '@/lib/registry'
import type { Statistics } from './count-statistics'
import { masked } from './masking'
import type { FeatureStatistics } from './resources'

const noRows = ({ name, typeText }: ServingFeature): FeatureStatistics => ({
  name,
  type: typeText,
  rows: 0,
  nulls: 0,
  nan: 0,
  positive_infinity: 0,
  negative_infinity: 0,
  distinct: 0,
  min: null,
  max: null,
  mean: null,
  standard_deviation: null,
  quantiles: null,
  histogram: null,
  top: [],
  other: 0,
  trues: null,
  lengths: null,
  hidden: null,
})

/** NaN and infinities have no place among the values: a float's extremes are those of its finite values. */
function extreme({ kind }: ServingFeature['type'], finite: number | null, exact: string | null): unknown {
  if (kind === 'float32' || kind === 'float64') return finite
  return exact === null ? null : parseJson(exact)
}

function quantilesOf({ min, max, deciles }: ColumnProfile): FeatureStatistics['quantiles'] {
  if (min === null || max === null || deciles === null) return null
  return [min, ...deciles, max].map((value, i) => ({ p: i / 10, value }))
}

const presentRows = ({ rows, nulls }: ColumnProfile): number => rows - nulls

function full(feature: ServingFeature, profile: ColumnProfile): FeatureStatistics {
  const top = profile.top.map(({ value, count }) => ({ value: parseJson(value), count }))
  return {
    ...noRows(feature),
    rows: profile.rows,
    nulls: profile.nulls,
    nan: profile.nan,
    positive_infinity: profile.positiveInfinity,
    negative_infinity: profile.negativeInfinity,
    distinct: profile.distinct,
    min: extreme(feature.type, profile.min, profile.least),
    max: extreme(feature.type, profile.max, profile.greatest),
    mean: profile.mean,
    standard_deviation: profile.standardDeviation,
    quantiles: quantilesOf(profile),
    histogram: profile.histogram,
    top,
    other: presentRows(profile) - top.reduce((total, { count }) => total + count, 0),
    trues: profile.trues,
  }
}

/** Integers of 64 bits as texts, for readers whose numbers are doubles. */
function withTexts(statistics: FeatureStatistics): FeatureStatistics {
  const text = (value: unknown) =>
    typeof value === 'bigint' || Number.isInteger(value) ? String(value) : value
  const top = statistics.top.map(({ value, count }) => ({ value: text(value), count }))
  return { ...statistics, min: text(statistics.min), max: text(statistics.max), top }
}

/** One feature's numbers for someone who may see them. */
export function featureStatistics(
  feature: ServingFeature,
  { features }: Statistics,
  int64AsString = false,
): FeatureStatistics {
  const found = features.get(feature.name)
  if (!found) return noRows(feature)
  const open = masked.statistics(feature, { ...full(feature, found.profile), lengths: found.lengths })
  return int64AsString && feature.type.kind === 'int64' ? withTexts(open) : open
}
