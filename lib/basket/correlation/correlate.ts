import { withTransaction } from '@/db/client'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { readFacts } from '@/lib/registry'
import { type CorrelationMethod, type CorrelationResource, correlationMethods } from '../operations'
import type { FoundFeature } from '../require-feature'
import { choose, type SharedEntity } from './choose'
import { type Measured, measure, versionsOf } from './measure'

/** Fewer rows say little of a pair: at 30 the 95 % interval around ρ = 0 is ± 0.36. */
const leastRows = 30

const formulas: Record<CorrelationMethod, string> = {
  spearman:
    'Spearman’s ρ: Pearson’s r of the ranks, equal values at the mean of their places (Spearman 1904), over the rows that hold both.',
  pearson:
    'Pearson’s r: the covariance over the product of the standard deviations (Pearson 1895), over the rows that hold both.',
}

type EntityResource = CorrelationResource['entities'][number]

function pairOf(
  { pairs }: Measured,
  features: readonly FoundFeature[],
  first: number,
  second: number,
): EntityResource['pairs'][number] {
  const names = { a: features[first]?.reference ?? '', b: features[second]?.reference ?? '' }
  const found = pairs.find((pair) => pair.first === first && pair.second === second)
  const rows = found?.rows ?? 0
  if (!found || rows < leastRows)
    return {
      ...names,
      rows,
      coefficient: null,
      reason: `only ${rows} of the rows hold both; ${leastRows} are needed`,
    }
  if (found.coefficient === null)
    return { ...names, rows, coefficient: null, reason: 'one of the two does not vary' }
  return { ...names, rows, coefficient: found.coefficient, reason: null }
}

function entityResource({ entity, features }: SharedEntity, measured: Measured): EntityResource {
  return {
    entity,
    features: features.map(({ reference }) => reference),
    rows: measured.rows,
    pairs: features.flatMap((_, first) =>
      features.slice(first + 1).map((_, after) => pairOf(measured, features, first, first + 1 + after)),
    ),
  }
}

/** What was taken of values stands in the log as a read, one row a group. */
const recordReads = (ctx: Context, shared: readonly SharedEntity[], rows: readonly Measured[]) =>
  withTransaction(async (tx) => {
    for (const [at, { features }] of shared.entries())
      for (const version of versionsOf(features)) {
        const own = features.filter((one) => one.version.versionId === version.versionId)
        const taken = own.map(({ feature }) => feature)
        await record(tx, ctx, {
          action: 'group:read_offline',
          resource: version.resource,
          decision: decide(ctx, 'group:read_offline', readFacts(version, taken)),
          reason: 'correlation',
          after: { version: version.major, features: taken.map(({ name }) => name), rows: rows[at]?.rows },
        })
      }
  })

/**
 * How features of one entity move together: a coefficient for each pair over one sample of keys and times, joined as
 * a historical read joins them. What the caller may not read, what is no number and what is alone of its entity is
 * left out, with the reason. Errors: `forbidden` for who may read no history at all, `invalid`.
 */
export async function correlate(
  ctx: Context,
  input: { features: readonly string[]; method?: CorrelationMethod },
): Promise<CorrelationResource> {
  await authorizeAtAll(ctx, 'group:read_offline')
  const { method = correlationMethods[0] } = input
  const { entities, leftOut } = await choose(ctx, [...new Set(input.features)])
  const measured: Measured[] = []
  for (const { features } of entities) measured.push(await measure(features, method, ctx.signal))
  if (entities.length > 0) await recordReads(ctx, entities, measured)
  return {
    method,
    formula: formulas[method],
    environment: ctx.environment,
    least_rows: leastRows,
    entities: entities.map((shared, at) => entityResource(shared, measured[at] ?? { rows: 0, pairs: [] })),
    left_out: leftOut,
  }
}
