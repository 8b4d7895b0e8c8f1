import type { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseEventTime } from '@/lib/core/feature-type'
import { readProfiles, type StoredProfile } from '@/lib/profiles'
import type { ServingFeature } from '@/lib/registry'
import { isoOf, windowMs } from './calendar'
import { isConfidential } from './confidential'
import { masked } from './masking'
import type { listProfilesQuery } from './operations'
import type { ProfileResource } from './resources'
import { stored } from './stored'
import { watchedFeature, watchedVersion } from './watched-version'
import type { WindowFacts, WindowStatistics } from './window-profile'

type ListProfilesInput = { group: string; side?: ProfileResource['side'] } & Omit<
  z.output<typeof listProfilesQuery>,
  'side'
>

const earliest = '0001-01-01T00:00:00.000000Z'
const latest = '9999-12-31T00:00:00.000000Z'

function instant(text: string | undefined, pointer: string, end: boolean): string | undefined {
  if (text === undefined) return undefined
  const micros = parseEventTime(text, end)
  if (micros === null) throw invalidField(pointer, 'must be a date or an RFC 3339 time.', 'time')
  return isoOf(Number(micros / 1000n))
}

function factsResource(facts: WindowFacts | undefined): ProfileResource['facts'] {
  if (!facts) return null
  return {
    nan: facts.nan,
    positive_infinity: facts.positiveInfinity,
    negative_infinity: facts.negativeInfinity,
    sum: facts.sum,
    distinct: facts.distinct,
    distinct_is_estimated: facts.isDistinctEstimated,
    newest_event_time: facts.newestEventTime,
    future_rows: facts.futureRows,
  }
}

function resourceOf(
  row: StoredProfile,
  feature: ServingFeature,
  side: ProfileResource['side'],
): ProfileResource[] {
  const statistics = stored<WindowStatistics>(row.statistics)
  if (!statistics) return []
  return [
    {
      feature: row.feature,
      side,
      window_start: row.windowStart,
      window_end: row.windowEnd,
      reference_id: row.referenceId,
      as_of: row.asOf,
      rows: row.rows,
      ...masked.judgement(feature, statistics),
      facts: isConfidential(feature) ? null : factsResource(statistics.facts),
      counts: masked.counts(feature, statistics.counts),
    },
  ]
}

/** Windows of one feature as they are stored; a drift series has them counted. Errors: `not_found`, `forbidden`, `invalid`. */
export async function listProfiles(ctx: Context, input: ListProfilesInput) {
  const { side = 'offline' } = input
  const version = await watchedVersion(ctx, input)
  const feature = await watchedFeature(ctx, version, input.feature)
  const rows = await readProfiles({
    versionIds: [version.versionId],
    environment: version.environment,
    features: [feature.name],
    side,
    span: {
      from: instant(input.from, '/from', false) ?? earliest,
      to: instant(input.to, '/to', true) ?? latest,
    },
    lengthSeconds: windowMs[input.window] / 1000,
  })
  const { cursor = '', limit } = input
  const rest = rows.filter(({ windowStart }) => (windowStart ?? '') > cursor)
  const page = rest.slice(0, limit)
  const next = rest.length > limit ? (page.at(-1)?.windowStart ?? null) : null
  const data = page.flatMap((row) => resourceOf(row, feature, side))
  return { data, meta: { next_cursor: next, total: rows.length } }
}
