import {
  type BrokenOnDay,
  brokenByDay,
  judgedByVersion,
  namesAny,
  versionsUnderContract,
} from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { groupProfile, profileHeads, readProfiles } from '@/lib/profiles'
import { resolveVersion } from '@/lib/registry'
import { arrivals, type RecentArrivals } from './arrivals'
import { dateOf, dayMs, isoOf, msOf } from './calendar'
import type { DayFacts } from './judge-day'
import {
  acceptedByDay,
  type DayCounts,
  type FeatureTerms,
  featureTerms,
  quarantinedByDay,
  type WatchedGroup,
} from './queries'
import { type ReaderView, readerView } from './reader-view'
import { judgeRun, type RunSummary } from './run-summary'
import { format, stored } from './stored'

export interface DayRange {
  environment: string
  /** First day and the day after the last; both start at midnight UTC. */
  fromMs: number
  toMs: number
  nowMs: number
}

/** A run of all features of a group over one window. */
interface Run {
  startMs: number
  endMs: number
  summary: RunSummary
}

/** What is known of the groups in the range, read for all of them at once. */
export interface StripFacts {
  recent: Map<string, RecentArrivals>
  accepted: DayCounts
  quarantined: DayCounts
  /** Of these: corrected and replayed, or discarded since. */
  settled: DayCounts
  runs: Map<string, Run[]>
  features: Map<string, Map<string, FeatureTerms>>
  /** Terms of contracts that came in broken, or that a day broke. */
  broken: BrokenOnDay[]
  /** Days (YYYY-MM-DD) whose windows a contract has judged. */
  judged: Map<string, Set<string>>
  /** Versions that a contract is in force for. */
  contracted: Set<string>
}

const noArrivals: RecentArrivals = { first: null, days: [] }

/** Counted now for the groups that have a newer commit than their stored counts; away engine: what is stored. */
async function recentArrivals(
  ctx: Context,
  groups: readonly WatchedGroup[],
  { environment }: DayRange,
): Promise<Map<string, RecentArrivals>> {
  const versionIds = groups.flatMap(({ versionId }) => versionId ?? [])
  const heads = await profileHeads(
    { versionIds, environment, features: [groupProfile], span: 'whole', format },
    'recent',
  )
  // Written by `arrivals` in this format alone.
  const known = new Map(
    heads.map(({ versionId, asOf, member }) => [versionId, { asOf, recent: member as RecentArrivals }]),
  )
  const entries = groups.map(async ({ name, versionId, major, asOf }) => {
    const stale = known.get(versionId ?? '')
    const recent = stale?.recent ?? noArrivals
    if (versionId === null || major === null || asOf === null) return [versionId ?? '', noArrivals] as const
    if (stale && stale.asOf >= asOf) return [versionId, recent] as const
    const version = await resolveVersion(ctx, { group: name, version: major }, environment)
    return [versionId, await countNow(version, recent)] as const
  })
  return new Map(await Promise.all(entries))
}

async function countNow(
  version: Parameters<typeof arrivals>[0],
  fallback: RecentArrivals,
): Promise<RecentArrivals> {
  try {
    return (await arrivals(version)).recent
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') return fallback
    throw error
  }
}

async function runsOf(versionIds: string[], range: DayRange): Promise<Map<string, Run[]>> {
  const rows = await readProfiles({
    versionIds,
    environment: range.environment,
    features: [groupProfile],
    span: { from: isoOf(range.fromMs), to: isoOf(range.toMs) },
  })
  const runs = new Map<string, Run[]>()
  for (const { versionId, windowStart, windowEnd, statistics } of rows) {
    const summary = stored<RunSummary>(statistics)
    if (!summary || windowStart === null || windowEnd === null) continue
    const run = { startMs: msOf(windowStart), endMs: msOf(windowEnd), summary }
    runs.set(versionId, [...(runs.get(versionId) ?? []), run])
  }
  return runs
}

/** A handful of queries however many groups there are; the engine is asked only for groups with news. */
export async function stripFacts(
  ctx: Context,
  groups: readonly WatchedGroup[],
  range: DayRange,
): Promise<StripFacts> {
  const versionIds = groups.flatMap(({ versionId }) => versionId ?? [])
  if (versionIds.length === 0) {
    return {
      recent: new Map(),
      accepted: new Map(),
      quarantined: new Map(),
      settled: new Map(),
      runs: new Map(),
      features: new Map(),
      broken: [],
      judged: new Map(),
      contracted: new Set(),
    }
  }
  const { environment } = range
  const since = isoOf(range.fromMs)
  const [recent, accepted, heldBack, runs, features, broken, judged, contracted] = await Promise.all([
    recentArrivals(ctx, groups, range),
    acceptedByDay(versionIds, range.environment, since),
    quarantinedByDay(versionIds, range.environment, since),
    runsOf(versionIds, range),
    featureTerms(versionIds),
    brokenByDay(versionIds, environment, since),
    judgedByVersion(versionIds, environment, since),
    versionsUnderContract(versionIds, new Date(range.nowMs)),
  ])
  return { recent, accepted, ...heldBack, runs, features, broken, judged, contracted }
}

/** A group as one reader sees it: runs without the features whose numbers are not for them. */
export interface SeenGroup {
  group: WatchedGroup
  view: ReaderView
  runs: Run[]
  /** Without terms that name a feature which is hidden from the reader. */
  broken: BrokenOnDay[]
  /** Anything is promised: by a contract in force, or by a feature that the reader may know of. */
  isContracted: boolean
}

export function seenGroup(
  ctx: Context,
  group: WatchedGroup,
  facts: StripFacts,
  { environment }: Pick<DayRange, 'environment'>,
): SeenGroup {
  const versionId = group.versionId ?? ''
  const terms = facts.features.get(versionId) ?? new Map<string, FeatureTerms>()
  const view = readerView(ctx, group, terms, environment)
  const hidden = [...terms.keys()].filter((name) => view.sight(name) === 'hidden')
  const runs = (facts.runs.get(versionId) ?? []).map((run) => ({ ...run, summary: view.run(run.summary) }))
  const broken = facts.broken.filter(
    (one) => one.versionId === versionId && !namesAny(`${one.term} ${one.promised} ${one.observed}`, hidden),
  )
  const isContracted = view.hasContract || facts.contracted.has(versionId)
  return { group, view, runs, broken, isContracted }
}

/** The day's own run where it had rows enough to judge, else the run of the week that the day lies in. */
function runOn(runs: readonly Run[], startMs: number): Run | undefined {
  const covering = runs
    .filter((run) => run.startMs <= startMs && run.endMs > startMs)
    .sort((a, b) => a.endMs - a.startMs - (b.endMs - b.startMs))
  return covering.find(({ summary }) => judgeRun(summary) !== null) ?? covering[0]
}

function driftOf({ view, runs }: SeenGroup, startMs: number, feature: string | null): DayFacts['drift'] {
  const isShown = feature === null ? view.readsAny : view.sight(feature) !== 'named'
  if (!isShown) return 'not_shown'
  const run = runOn(runs, startMs)
  if (!run) return null
  const { summary } = run
  if (feature === null) {
    const state = judgeRun(summary)
    return state && { state, alarms: summary.alarms }
  }
  const alarm = summary.alarms.find((one) => one.feature === feature)
  if (alarm) return { state: alarm.judged, alarms: [alarm] }
  return summary.quiet.includes(feature) ? { state: 'ok', alarms: [] } : null
}

/** Facts of each day of the range for a group, or for one of its features. */
export function dayFacts(
  seen: SeenGroup,
  facts: StripFacts,
  { fromMs, toMs, nowMs }: DayRange,
  feature: string | null = null,
): DayFacts[] {
  const { group } = seen
  const versionId = group.versionId ?? ''
  const { first, days } = facts.recent.get(versionId) ?? noArrivals
  const rowsOn = new Map(days.map(([day, rows]) => [day * dayMs, rows]))
  const existsFromMs = Math.min(group.createdMs, first === null ? Infinity : first * dayMs)
  const starts = Array.from({ length: Math.round((toMs - fromMs) / dayMs) }, (_, i) => fromMs + i * dayMs)
  return starts.map((startMs) => {
    const newest = days.findLast(([day]) => day * dayMs <= startMs)
    return {
      startMs,
      nowMs,
      rows: rowsOn.get(startMs) ?? 0,
      existsFromMs,
      newestMs: newest?.[2] ?? null,
      cadenceSeconds: group.cadenceSeconds,
      accepted: facts.accepted.get(versionId)?.get(dateOf(startMs)) ?? 0,
      quarantined: facts.quarantined.get(versionId)?.get(dateOf(startMs)) ?? 0,
      settled: facts.settled.get(versionId)?.get(dateOf(startMs)) ?? 0,
      broken: seen.broken.filter(
        (one) => one.day === dateOf(startMs) && (feature === null || one.feature === feature),
      ),
      isJudged: facts.judged.get(versionId)?.has(dateOf(startMs)) ?? false,
      drift: driftOf(seen, startMs, feature),
    }
  })
}
