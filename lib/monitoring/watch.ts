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

interface Watcher {
  /** By place; null while nobody watches. */
  waiting: Map<string, Place> | null
  wake: () => void
}

const watcher = () => singleton<Watcher>('monitoring-watcher', () => ({ waiting: null, wake: () => {} }))

/** Many pushes in a moment are one count. */
const gatherMilliseconds = 500

/** Has a version counted and judged in the background; nothing happens where nobody watches. */
export function requestRefresh(place: Place): void {
  const { waiting, wake } = watcher()
  waiting?.set(`${place.group} ${place.major} ${place.environment}`, place)
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

async function run(state: Watcher, waiting: Map<string, Place>, ended: AbortSignal): Promise<void> {
  ended.addEventListener('abort', () => state.wake(), { once: true })
  while (!ended.aborted) {
    const [next] = waiting
    if (next) {
      await wait(gatherMilliseconds, undefined, { signal: ended }).catch(() => {})
      if (ended.aborted) return
      waiting.delete(next[0])
      await refreshSafely(next[1])
      continue
    }
    await new Promise<void>((resolve) => {
      state.wake = resolve
    })
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
  const waiting = new Map<string, Place>()
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
