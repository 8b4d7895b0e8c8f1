import { setTimeout as wait } from 'node:timers/promises'
import { clockNow } from '@/lib/core/clock'
import { DomainError } from '@/lib/core/errors'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { systemContext } from '@/lib/identity'
import { listenToCommits } from '@/lib/ingestion'
import { resolveVersion } from '@/lib/registry'
import { arrivals } from './arrivals'
import { statisticsOf } from './count-statistics'
import { stripRange } from './day-strip'
import { ensureDrift } from './drift-series'
import { filledPlaces } from './queries'
import { defaultRange } from './series-range'

interface Place {
  group: string
  major: number
  environment: string
}

interface Waiting {
  place: Place
  /** By performance.now(). */
  due: number
}

interface Watcher {
  /** By place; null while nobody watches. */
  waiting: Map<string, Waiting> | null
  /** Until when a place that was counted is left alone, by performance.now(). */
  resting: Map<string, number>
  wake: () => void
}

const watcher = () =>
  singleton<Watcher>('monitoring-watcher', () => ({ waiting: null, resting: new Map(), wake: () => {} }))

/** Many pushes in a moment are one count. */
const gatherMilliseconds = 500
/** A place that rows reach all the time is counted for a quarter of it. */
const restShare = 3
const longestRestMilliseconds = 60_000

const nameOf = ({ group, major, environment }: Place) => `${group} ${major} ${environment}`

/** Has a version counted and judged in the background; nothing happens where nobody watches. */
export function requestRefresh(place: Place): void {
  const { waiting, resting, wake } = watcher()
  const name = nameOf(place)
  if (!waiting || waiting.has(name)) return
  waiting.set(name, { place, due: Math.max(performance.now() + gatherMilliseconds, resting.get(name) ?? 0) })
  wake()
}

/** Statistics, arrivals, drift by week and the last days of one version, as its pages show them. */
async function refresh({ group, major, environment }: Place): Promise<void> {
  const ctx = systemContext({ environment, now: clockNow })
  const version = await resolveVersion(ctx, { group, version: major }, environment)
  await statisticsOf(version)
  const found = await arrivals(version)
  const range = defaultRange(found, 'week', ctx.now().getTime())
  if (!range) return
  await ensureDrift({ version, window: 'week', arrivals: found, ...range })
  const { fromMs, toMs } = stripRange(ctx, environment)
  await ensureDrift({ version, window: 'day', arrivals: found, fromMs, toMs })
}

async function refreshSafely(place: Place): Promise<void> {
  try {
    await refresh(place)
  } catch (error) {
    // A removed version is no failure; for the rest pages count what they need themselves.
    if (error instanceof DomainError && error.code === 'not_found') return
    logger().warn({ err: error, ...place }, 'statistics were not counted after a commit')
  }
}

/** What is due first; null where nothing waits. */
function firstOf(waiting: Map<string, Waiting>): Waiting | null {
  let first: Waiting | null = null
  for (const one of waiting.values()) if (first === null || one.due < first.due) first = one
  return first
}

/** Counts one place; it rests then in proportion to what that took. */
async function countOne({ waiting, resting }: Watcher, place: Place): Promise<void> {
  const name = nameOf(place)
  waiting?.delete(name)
  const started = performance.now()
  await refreshSafely(place)
  const ended = performance.now()
  const until = ended + Math.min((ended - started) * restShare, longestRestMilliseconds)
  resting.set(name, until)
  const again = waiting?.get(name)
  if (again) again.due = Math.max(again.due, until)
  for (const [other, end] of resting) if (end <= ended) resting.delete(other)
}

async function run(state: Watcher, waiting: Map<string, Waiting>, ended: AbortSignal): Promise<void> {
  ended.addEventListener('abort', () => state.wake(), { once: true })
  while (!ended.aborted) {
    const next = firstOf(waiting)
    const milliseconds = next ? next.due - performance.now() : null
    if (next && milliseconds !== null && milliseconds <= 0) {
      await countOne(state, next.place)
      continue
    }
    // A place that comes to wait may be due before the one that is waited for.
    const woken = new AbortController()
    state.wake = () => woken.abort()
    const options = { signal: woken.signal, ref: false }
    await wait(milliseconds ?? longestRestMilliseconds, undefined, options).catch(() => {})
  }
}

/** Commits that nobody heard of, a first load by command among them: what is counted already costs a look. */
async function catchUp(): Promise<void> {
  try {
    for (const place of await filledPlaces()) requestRefresh(place)
  } catch (error) {
    logger().warn({ err: error }, 'versions with rows were not looked through')
  }
}

/**
 * Counts after each commit of any process, one version at a time, for as long as the portal runs, beginning with
 * what was committed before. What it returns ends it.
 */
export async function startWatching(): Promise<() => Promise<void>> {
  const state = watcher()
  const waiting = new Map<string, Waiting>()
  state.waiting = waiting
  const end = new AbortController()
  const running = run(state, waiting, end.signal)
  const listening = await listenToCommits(requestRefresh, catchUp)
  return async () => {
    await listening.stop()
    state.waiting = null
    end.abort()
    await running
  }
}
