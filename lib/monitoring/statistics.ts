import { z } from 'zod'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { mayDescribeFeature, type ServingFeature } from '@/lib/registry'
import { type Statistics, statisticsOf } from './count-statistics'
import { statisticsDefinitions } from './definitions'
import type { GroupStatistics } from './resources'
import { featureStatistics } from './statistics-resource'
import { watchedFeature, watchedVersion } from './watched-version'

const statisticsInput = z.strictObject({
  group: z.string(),
  version: z.number().int().positive().optional(),
  environment: z.string().optional(),
  feature: z.string().optional(),
  int64: z.enum(['string']).optional(),
})
export type StatisticsInput = z.input<typeof statisticsInput>

function noteOf({ asOf, history, isEstimated }: Statistics): string {
  if (asOf === null) return 'No rows yet.'
  const deleted = history.tombstones > 0 ? `; ${history.tombstones} tombstones are left out` : ''
  const estimates = isEstimated
    ? ' The history is long, so each commit is added to the count before: distinct values are estimated within 5 %, quantiles within 1 %, and values are listed where at most 1,000 differ.'
    : ''
  const counted =
    history.rows === 1
      ? 'Of the one row of the history'
      : `Of all ${history.rows} rows of the history, also those that a later row of their key replaced`
  return `${counted}${deleted}.${estimates}`
}

/**
 * Statistics of a version's features over its committed history, equal to what DuckDB says of the same rows; stored,
 * and counted anew only after a commit. Errors: `not_found`, `forbidden`.
 */
export async function getStatistics(ctx: Context, rawInput: StatisticsInput): Promise<GroupStatistics> {
  const input = parseInput(statisticsInput, rawInput)
  const version = await watchedVersion(ctx, input)
  const asked =
    input.feature === undefined
      ? version.features.filter((feature) => mayDescribeFeature(ctx, version, feature))
      : [await watchedFeature(ctx, version, input.feature)]
  const statistics = await statisticsOf(version)
  const { rows, tombstones, oldestEventTime, newestEventTime } = statistics.history
  const mayRead = ({ classification }: ServingFeature) =>
    decide(ctx, 'group:read_statistics', { ...version.resource, classification }).allowed
  return {
    group: version.groupName,
    version: version.major,
    environment: version.environment,
    as_of: statistics.asOf,
    rows,
    tombstones,
    oldest_event_time: oldestEventTime,
    newest_event_time: newestEventTime,
    features: asked
      .filter(mayRead)
      .map((feature) => featureStatistics(feature, statistics, input.int64 === 'string')),
    hidden_features: asked
      .filter((feature) => !mayRead(feature))
      .map(({ name, typeText, classification }) => ({
        name,
        type: typeText,
        reason: `You may not see statistics of ${classification} features of ${version.groupName}.`,
      })),
    note: noteOf(statistics),
    definitions: statisticsDefinitions,
  }
}
