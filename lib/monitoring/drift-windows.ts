import { db } from '@/db/client'
import { clockNow } from '@/lib/core/clock'
import { type History, profileWindows, type WindowColumn } from '@/lib/offline'
import { groupProfile, type NewProfile, profileHeads, saveProfiles } from '@/lib/profiles'
import type { ServingVersion } from '@/lib/registry'
import { isoOf, microsOf, type WindowKind, windowMs, windowStarts } from './calendar'
import { compareRun, type DriftResult } from './distances/compare-profiles'
import type { Profile } from './distances/profile'
import { edgesOf } from './frames'
import { touchedSince } from './history'
import { noCounts, profileOf } from './profile-of'
import type { Reference } from './reference'
import { summarizeRun } from './run-summary'
import { format, stamped } from './stored'
import { factsOf, type WindowFacts, type WindowStatistics, withoutEdges } from './window-profile'

export interface WindowsRequest {
  version: ServingVersion
  references: ReadonlyMap<string, Reference>
  window: WindowKind
  /** Windows that begin in [from, to). */
  fromMs: number
  toMs: number
  /** `created` of the newest commit. */
  asOf: string
  history: () => Promise<History>
}

/** More columns in one statement make it slower than two. */
const columnsAPass = 40

/**
 * Starts of the windows whose stored counts are missing, were counted on another reference, or are older than the
 * newest commit that has rows in them.
 */
async function staleWindows(request: WindowsRequest): Promise<number[]> {
  const { version, references, window, fromMs, toMs } = request
  const heads = await profileHeads(
    {
      versionIds: [version.versionId],
      environment: version.environment,
      features: [...references.keys()],
      span: { from: isoOf(fromMs), to: isoOf(toMs) },
      lengthSeconds: windowMs[window] / 1000,
      format,
    },
    'format',
  )
  const valid = heads.filter(({ feature, referenceId, asOf }) => {
    const reference = references.get(feature)
    return reference?.id === referenceId && asOf >= reference.asOf
  })
  const oldest = valid.reduce((least, { asOf }) => (asOf < least ? asOf : least), request.asOf)
  const touched = valid.length === 0 ? [] : await touchedSince(version, oldest)
  const fresh = new Map<string, number>()
  for (const { windowStart, windowEnd, asOf } of valid) {
    const isTouched = touched.some(
      (span) =>
        span.at > asOf &&
        span.fromMicros < microsOf(Date.parse(windowEnd ?? '')) &&
        span.toMicros >= microsOf(Date.parse(windowStart ?? '')),
    )
    if (!isTouched) fresh.set(windowStart ?? '', (fresh.get(windowStart ?? '') ?? 0) + 1)
  }
  return windowStarts(window, fromMs, toMs).filter((start) => fresh.get(isoOf(start)) !== references.size)
}

const columnOf = ({ feature, kind, basis }: Reference): WindowColumn => ({
  name: feature,
  kind,
  ...(basis && 'frame' in basis ? { edges: edgesOf(basis.frame) } : {}),
  ...(basis && 'values' in basis ? { values: basis.values } : {}),
  countDistinct: true,
})

interface CountedWindow {
  profile: Profile
  facts: WindowFacts
}

type Counted = Map<number, Map<string, CountedWindow>>

/** Profiles by window and feature of every window in [from, to], those without rows among them. */
async function countWindows(request: WindowsRequest, starts: readonly number[]): Promise<Counted> {
  const { window } = request
  const first = Math.min(...starts)
  const end = Math.max(...starts) + windowMs[window]
  const history = await request.history()
  const references = [...request.references.values()]
  const counted: Counted = new Map(windowStarts(window, first, end).map((start) => [start, new Map()]))
  for (let at = 0; at < references.length; at += columnsAPass) {
    const batch = references.slice(at, at + columnsAPass)
    const columns = batch.map(columnOf)
    const span = { history, fromMicros: microsOf(first), toMicros: microsOf(end) }
    const nowMicros = microsOf(clockNow().getTime())
    const found = await profileWindows({ ...span, columns, period: window, nowMicros })
    const byKey = new Map(found.map((counts) => [`${counts.column} ${counts.startMicros}`, counts]))
    for (const [start, profiles] of counted) {
      for (const { feature, kind, basis } of batch) {
        const counts = byKey.get(`${feature} ${microsOf(start)}`) ?? noCounts(feature)
        profiles.set(feature, { profile: profileOf(kind, basis, counts), facts: factsOf(kind, counts) })
      }
    }
  }
  return counted
}

/** All features of one window are one run: their p-values are adjusted together. */
function judgeWindow(
  references: ReadonlyMap<string, Reference>,
  window: WindowKind,
  counted: ReadonlyMap<string, CountedWindow>,
): Map<string, DriftResult> {
  const entries = [...references.values()].map(({ feature, profile, floors }) => ({
    reference: profile,
    window: counted.get(feature)?.profile ?? profile,
    ...(floors[window] ? { blockFloors: floors[window] } : {}),
  }))
  const results = compareRun(entries)
  return new Map([...references.keys()].map((feature, i) => [feature, results[i]] as const).filter(hasResult))
}

const hasResult = (entry: readonly [string, DriftResult | undefined]): entry is [string, DriftResult] =>
  entry[1] !== undefined

/** One window of one version, with what its rows have in common. */
const windowRow = (
  { version, window, asOf }: WindowsRequest,
  startMs: number,
  row: Pick<NewProfile, 'feature' | 'referenceId' | 'rows' | 'statistics'>,
): NewProfile => ({
  versionId: version.versionId,
  environment: version.environment,
  side: 'offline',
  windowStart: isoOf(startMs),
  windowEnd: isoOf(startMs + windowMs[window]),
  asOf,
  ...row,
})

/** Rows of one window: each feature's, and the run's summary under the group's own name. */
function rowsOfWindow(
  request: WindowsRequest,
  startMs: number,
  counted: ReadonlyMap<string, CountedWindow>,
): NewProfile[] {
  const { references, window } = request
  const results = judgeWindow(references, window, counted)
  const rows = [...results].flatMap(([feature, result]): NewProfile[] => {
    const found = counted.get(feature)
    if (!found) return []
    const { profile, facts } = found
    const statistics: WindowStatistics = { counts: withoutEdges(profile), result, facts }
    const referenceId = references.get(feature)?.id ?? null
    return [
      windowRow(request, startMs, {
        feature,
        referenceId,
        rows: profile.rows,
        statistics: stamped(statistics),
      }),
    ]
  })
  const summary = stamped(summarizeRun(references, results))
  const most = rows.reduce((greatest, row) => Math.max(greatest, row.rows), 0)
  return [
    ...rows,
    windowRow(request, startMs, {
      feature: groupProfile,
      referenceId: null,
      rows: most,
      statistics: summary,
    }),
  ]
}

/** Counts and judges the windows whose stored profiles are stale, in one pass over their span, and stores them. */
export async function ensureWindows(request: WindowsRequest): Promise<void> {
  if (request.references.size === 0) return
  const stale = await staleWindows(request)
  if (stale.length === 0) return
  const counted = await countWindows(request, stale)
  const rows = [...counted].flatMap(([start, profiles]) => rowsOfWindow(request, start, profiles))
  await saveProfiles(db(), rows)
}
