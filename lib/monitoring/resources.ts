import { z } from 'zod'

const count = z.number().int()
const number = z.number().nullable()
const exact = z.unknown().describe('The value as JSON; an int64 with all its digits, a decimal as text.')

const valueCountSchema = z.object({ value: exact, count })

const lengthsSchema = z.object({ min: number, max: number, mean: number })

export const featureStatisticsSchema = z.object({
  name: z.string(),
  type: z.string(),
  rows: count.describe('Rows of the history, nulls among them; tombstones are left out.'),
  nulls: count,
  nan: count.nullable(),
  positive_infinity: count.nullable(),
  negative_infinity: count.nullable(),
  distinct: count.nullable().describe('Different values, nulls left out; see `definitions`.'),
  min: exact.nullable(),
  max: exact.nullable(),
  mean: number.describe('Of the finite values.'),
  standard_deviation: number.describe('Of the finite values, sample (n − 1).'),
  quantiles: z
    .array(z.object({ p: z.number(), value: z.number() }))
    .nullable()
    .describe('Of the finite values: minimum, deciles, maximum; see `definitions`.'),
  histogram: z
    .object({ edges: z.array(z.number()), counts: z.array(count) })
    .nullable()
    .describe('Right-closed bins (edges[i−1], edges[i]], open at both ends: one more count than edges.'),
  top: z.array(valueCountSchema).describe('Most frequent values first, at most 50.'),
  other: count.nullable().describe('Rows with a value that `top` does not list.'),
  trues: count.nullable(),
  lengths: lengthsSchema.nullable().describe('Of lists that are not null.'),
  hidden: z.string().nullable().describe('Why some of this is not shown.'),
})
export type FeatureStatistics = z.infer<typeof featureStatisticsSchema>

const definitionSchema = z.object({ name: z.string(), text: z.string() })
export type Definition = z.infer<typeof definitionSchema>

export const groupStatisticsSchema = z.object({
  group: z.string(),
  version: count,
  environment: z.string(),
  as_of: z
    .string()
    .nullable()
    .describe('When the newest commit that is counted was made; null before the first.'),
  rows: count,
  tombstones: count,
  oldest_event_time: z.string().nullable(),
  newest_event_time: z.string().nullable(),
  features: z.array(featureStatisticsSchema),
  hidden_features: z
    .array(z.object({ name: z.string(), type: z.string(), reason: z.string() }))
    .describe('Features classified above their group, whose statistics the caller may not see.'),
  note: z.string(),
  definitions: z.array(definitionSchema),
})
export type GroupStatistics = z.infer<typeof groupStatisticsSchema>

const judgements = ['ok', 'warn', 'fail', 'no_data', 'low_confidence'] as const
export type Judgement = (typeof judgements)[number]

const limits = z.object({ warn: z.number(), fail: z.number() })
const limitsInForce = z.object({ psi: limits, wasserstein_over_ref_std: limits })

const windowQuantilesSchema = z
  .array(z.object({ p: z.number(), value: z.number() }))
  .nullable()
  .describe('Of the finite values at 0.1, 0.25, 0.5, 0.75 and 0.9; see `definitions`.')

export const driftWindowSchema = z.object({
  start: z.string(),
  end: z.string(),
  rows: count,
  nulls: count,
  null_rate: number,
  null_rate_change: number.describe('Window − reference, as a share.'),
  mean: number,
  quantiles: windowQuantilesSchema,
  psi: number,
  psi_variant: z.string().nullable(),
  psi_floor: number.describe('The PSI that chance alone passes in 1 of 100 windows of these sizes.'),
  wasserstein_over_ref_std: number.describe('Standard deviations moved.'),
  mean_shift_over_ref_std: number.describe('With its sign: window − reference.'),
  js_distance_base2: number,
  hellinger: number,
  tvd: number,
  true_rate: number,
  new_value_share: number.describe('Share of rows whose value the reference never had.'),
  test: z.string().nullable(),
  p: number,
  p_adjusted: number.describe('Benjamini–Hochberg over the features of the window.'),
  thresholds: limitsInForce.describe('In force: the defaults, raised to what chance alone reaches.'),
  judged: z.enum(judgements),
  in_reference: z.boolean(),
  complete: z.boolean().describe('False while the window still runs.'),
  sentence: z.string(),
})
export type DriftWindow = z.infer<typeof driftWindowSchema>

export const referenceSchema = z.object({
  id: z.string(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  frozen: z.boolean().describe('False: it still moves with the history.'),
  rows: count,
  nulls: count,
  mean: number,
  quantiles: windowQuantilesSchema,
  standard_deviation: number.describe('Population (n): the unit of "standard deviations moved".'),
  effective_rows: number.describe(
    'Independent rows that a window of this length is worth, by the blocks inside the reference.',
  ),
  edges: z.array(z.number()).nullable(),
  counts: z.array(count).nullable(),
  values: z
    .array(z.tuple([z.string(), count]))
    .nullable()
    .describe('Of text: the most frequent values with their rows.'),
  trues: number.describe('Of truth values.'),
})
export type ReferenceResource = z.infer<typeof referenceSchema>

export const driftSeriesSchema = z.object({
  group: z.string(),
  version: count,
  environment: z.string(),
  feature: z.string(),
  type: z.string(),
  kind: z.enum(['numeric', 'length', 'categorical', 'boolean', 'presence']),
  not_judged: z.string().nullable().describe('Why the values of such a feature are not judged.'),
  window: z.enum(['week', 'day']),
  as_of: z.string().nullable(),
  finding: z.string(),
  reference: referenceSchema.nullable(),
  thresholds: z.object({
    psi: limits,
    wasserstein_over_ref_std: limits,
    true_rate_change: limits,
    new_value_share: limits,
    null_rate_increase: limits,
    alpha: z.number(),
  }),
  windows: z.array(driftWindowSchema),
  definitions: z.array(definitionSchema),
})
export type DriftSeries = z.infer<typeof driftSeriesSchema>

export const dayStates = ['ok', 'warn', 'fail', 'no_data', 'not_due'] as const
export type DayState = (typeof dayStates)[number]

export const daySchema = z.object({
  date: z.string(),
  state: z.enum(dayStates),
  detail: z.string(),
  href: z.string().optional(),
})
export type Day = z.infer<typeof daySchema>

/** One clause of an asset's verdict line; `fact`: nothing to judge. */
export interface VerdictClause {
  id: 'fresh' | 'drift' | 'readers' | 'contract' | 'owner'
  state: 'ok' | 'warn' | 'fail' | 'unknown' | 'fact'
  text: string
  href: string
}

export const overviewRowSchema = z.object({
  group: z.string(),
  owner_team: z.string(),
  version: count.nullable(),
  state: z.enum(dayStates).describe('Of the newest day that was due.'),
  days: z.array(daySchema),
})
export type OverviewRow = z.infer<typeof overviewRowSchema>

export const profileSchema = z.object({
  feature: z.string(),
  side: z.enum(['offline', 'online']),
  window_start: z.string().nullable(),
  window_end: z.string().nullable(),
  reference_id: z.string().nullable(),
  as_of: z.string(),
  rows: count,
  judged: z.enum(judgements).nullable(),
  sentence: z.string().nullable(),
  facts: z
    .object({
      nan: count,
      positive_infinity: count,
      negative_infinity: count,
      sum: number.describe('Of the finite values.'),
      distinct: number,
      distinct_is_estimated: z.boolean(),
      newest_event_time: z.string().nullable(),
      future_rows: count.describe('Rows stamped later than they were counted.'),
    })
    .nullable()
    .describe('Null of what was served, and of confidential features.'),
  counts: z.unknown(),
})
export type ProfileResource = z.infer<typeof profileSchema>
