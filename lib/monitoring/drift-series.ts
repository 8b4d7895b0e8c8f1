import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { type History, historyOf } from '@/lib/offline'
import { readProfiles } from '@/lib/profiles'
import type { ServingFeature, ServingVersion } from '@/lib/registry'
import { type Arrivals, arrivals } from './arrivals'
import { dayMs, isoOf, msOf, type WindowKind, windowMs, windowStarts } from './calendar'
import { isConfidential } from './confidential'
import { driftDefinitions } from './definitions'
import { compareProfiles } from './distances/compare-profiles'
import { referenceResource, thresholdsResource, windowResource } from './drift-resource'
import { ensureWindows } from './drift-windows'
import { driftFinding } from './finding'
import { masked } from './masking'
import { noCounts, profileOf } from './profile-of'
import type { Reference } from './reference'
import { referenceShortName, referenceSpan, weeksOf } from './reference-span'
import { references } from './references'
import type { DriftSeries, DriftWindow } from './resources'
import { seriesRange } from './series-range'
import { singleFlight } from './single-flight'
import { stored } from './stored'
import { unjudgedReason, watchedFeatures, watchedKind } from './watched-features'
import { watchedFeature, watchedVersion } from './watched-version'
import { type WindowStatistics, withEdges } from './window-profile'

const driftInput = z.strictObject({
  group: z.string(),
  feature: z.string(),
  version: z.number().int().positive().optional(),
  environment: z.string().optional(),
  window: z.enum(['week', 'day']).default('week'),
  from: z.string().optional(),
  to: z.string().optional(),
})
export type DriftInput = z.input<typeof driftInput>

export interface DriftRequest {
  version: ServingVersion
  window: WindowKind
  arrivals: Arrivals
  fromMs: number
  toMs: number
}

/** Counts and judges what is stale of all features of the version in the range, and gives their references. */
export async function ensureDrift(request: DriftRequest): Promise<Map<string, Reference>> {
  const { version, window, fromMs, toMs } = request
  const { asOf, days } = request.arrivals
  const span = referenceSpan(weeksOf(days))
  const oldest = days[0]
  const newest = days.at(-1)
  if (asOf === null || span === null || !oldest || !newest) return new Map()
  let loading: Promise<History> | undefined
  const history = () => {
    loading ??= historyOf(version)
    return loading
  }
  const key = `drift ${version.versionId} ${version.environment} ${window} ${fromMs} ${toMs} ${asOf}`
  return singleFlight(key, async () => {
    const features = watchedFeatures(version.features)
    const found = await references({ version, features, span, asOf, history })
    // Outside the history there is nothing to count.
    const range = {
      fromMs: Math.max(fromMs, oldest[0] - windowMs.week),
      toMs: Math.min(toMs, newest[0] + dayMs),
    }
    await ensureWindows({ version, references: found, window, asOf, history, ...range })
    return found
  })
}

interface SeriesInput extends DriftRequest {
  reference: Reference
  nowMs: number
  isConfidential: boolean
}

/** The stored windows of one feature, and windows without rows where nothing is stored. */
async function windowsOf(input: SeriesInput): Promise<DriftWindow[]> {
  const { version, window, fromMs, toMs, reference, nowMs, isConfidential } = input
  const rows = await readProfiles({
    versionIds: [version.versionId],
    environment: version.environment,
    features: [reference.feature],
    span: { from: isoOf(fromMs), to: isoOf(toMs) },
    lengthSeconds: windowMs[window] / 1000,
  })
  const known = new Map(
    rows.map((row) => [msOf(row.windowStart ?? ''), stored<WindowStatistics>(row.statistics)]),
  )
  return windowStarts(window, fromMs, toMs).map((startMs) => {
    const statistics = known.get(startMs)
    const profile = statistics
      ? withEdges(statistics.counts, reference)
      : profileOf(reference.kind, reference.basis, noCounts(reference.feature))
    const result = statistics?.result ?? compareProfiles(reference.profile, profile)
    return windowResource({ window, startMs, nowMs, reference, profile, result, isConfidential })
  })
}

const head = (version: ServingVersion, feature: ServingFeature, window: WindowKind) => ({
  group: version.groupName,
  version: version.major,
  environment: version.environment,
  feature: feature.name,
  type: feature.typeText,
  kind: watchedKind(feature.type),
  not_judged: unjudgedReason(feature.type),
  window,
  thresholds: thresholdsResource,
  definitions: driftDefinitions,
})

/**
 * One feature's drift by UTC week or day against a reference that was frozen once: effects, tests, limits in force,
 * verdict and sentence per window. Windows without rows are `no_data`.
 * Errors: `not_found`, `forbidden`, `invalid` for a range that is none or too long.
 */
export async function getDriftSeries(ctx: Context, rawInput: DriftInput): Promise<DriftSeries> {
  const input = parseInput(driftInput, rawInput)
  const { window, from, to } = input
  const version = await watchedVersion(ctx, input)
  const feature = await watchedFeature(ctx, version, input.feature)
  const nowMs = ctx.now().getTime()
  const found = await arrivals(version)
  const span = referenceSpan(weeksOf(found.days))
  const newestMs = found.days.at(-1)?.[0]
  const empty = { ...head(version, feature, window), as_of: found.asOf, reference: null, windows: [] }
  const finding = `${feature.name} has no rows, so drift is not judged`
  if (span === null || newestMs === undefined) return { ...empty, finding }
  const range = seriesRange({ window, oldestMs: span.fromMs, newestMs, nowMs, from, to })
  const request = { version, window, arrivals: found, ...range }
  const reference = (await ensureDrift(request)).get(feature.name)
  if (!reference) return { ...empty, finding }
  const secret = isConfidential(feature)
  const counted = await windowsOf({ ...request, reference, nowMs, isConfidential: secret })
  const windows = counted.map((one) => masked.window(feature, one))
  return {
    ...empty,
    reference: masked.reference(feature, referenceResource(reference, window, secret)),
    windows,
    finding: driftFinding({
      feature: feature.name,
      isPresence: reference.kind === 'presence',
      window,
      reference: referenceShortName(reference.fromMs, reference.toMs),
      nowMs,
      windows,
    }),
  }
}
