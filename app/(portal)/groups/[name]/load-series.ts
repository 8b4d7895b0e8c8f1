import { windowOf } from '@/components/monitoring/prepare-drift'
import type { Context } from '@/lib/core/context'
import { getDriftSeries, listProfiles } from '@/lib/monitoring'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'
import type { GroupView } from './load-group'

export interface SeriesWithWindow {
  series: DriftSeries
  /** The one whose distribution is shown; null: none has rows. */
  window: DriftWindow | null
  /** Counts of its stored profile. */
  counts: unknown
}

interface Asked {
  view: GroupView
  feature: string
  step: 'week' | 'day'
  /** A day in the window whose distribution is shown; null: the newest with rows. */
  day: string | null
}

/** The series of one feature, and the counts of one of its windows. */
export async function loadSeries(
  ctx: Context,
  { view, feature, step, day }: Asked,
): Promise<SeriesWithWindow> {
  const at = { group: view.group.name, version: view.group.version, environment: view.environment, feature }
  const series = await getDriftSeries(ctx, { ...at, window: step })
  const window = windowOf(series, day)
  if (!window) return { series, window, counts: null }
  // A date means its whole day, so the window that starts on it is the one that overlaps.
  const from = window.start.slice(0, 10)
  const { data } = await listProfiles(ctx, { ...at, window: step, from, to: from, limit: 10 })
  const profile = data.find(({ window_start: start }) => start === window.start)
  return { series, window, counts: profile?.counts ?? null }
}
