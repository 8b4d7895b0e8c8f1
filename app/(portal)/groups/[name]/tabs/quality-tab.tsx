import { Suspense } from 'react'
import { groupHref } from '@/components/feature-group/place'
import { FeatureStrips } from '@/components/monitoring/feature-strips'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { load } from '@/lib/http/page-context'
import { getDayStrip } from '@/lib/monitoring'
import type { Day } from '@/lib/monitoring/operations'
import { FeatureSeries } from '../feature-series'
import { type GroupView, type PageParams, textOf } from '../load-group'
import { NoRows } from '../no-rows'

const weight: Record<Day['state'], number> = { fail: 3, warn: 2, no_data: 0, ok: 0, not_due: 0 }

/** How bad the worst day of a strip is where drift was judged: late rows make all features alike. */
const badness = (days: readonly Day[]): number => Math.max(0, ...days.map(({ state }) => weight[state]))

/** The feature of the address; else the one whose last days were worst; else the first. */
function chosenOf({ group }: GroupView, strips: Map<string, Day[]>, asked: string | null): string | null {
  const names = group.features.map(({ name }) => name)
  if (asked !== null && names.includes(asked)) return asked
  const worst = names.reduce<string | null>((found, name) => {
    const days = strips.get(`${group.name}:${name}`) ?? []
    const most = found === null ? -1 : badness(strips.get(`${group.name}:${found}`) ?? [])
    return badness(days) > most ? name : found
  }, null)
  return worst
}

const mostStrips = 60

/** All features in declared order; of very many the worst ones, and the chosen one first. */
function shownOf({ group }: GroupView, strips: Map<string, Day[]>, chosen: string): string[] {
  const names = group.features.map(({ name }) => name)
  if (names.length <= mostStrips) return names
  const worst = names
    .filter((name) => name !== chosen)
    .map((name) => ({ name, bad: badness(strips.get(`${group.name}:${name}`) ?? []) }))
    .toSorted((a, b) => b.bad - a.bad)
  return [chosen, ...worst.slice(0, mostStrips - 1).map(({ name }) => name)]
}

async function stripsOf({ group, environment }: GroupView): Promise<Map<string, Day[]>> {
  const names = group.features.map(({ name }) => `${group.name}:${name}`)
  const loaded = await load((ctx) => getDayStrip(ctx, names), environment)
  return loaded.state === 'ready' ? loaded.value : new Map()
}

/** Choose a feature; see its series, its distribution against the reference, and every window's numbers. */
export async function QualityTab({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, place, isHere } = view
  if (!isHere) return <NoRows view={view} />
  const strips = await stripsOf(view)
  const chosen = chosenOf(view, strips, textOf(query.feature))
  if (chosen === null) return <EmptyState title="No feature of this group is open to you" />
  const shown = shownOf(view, strips, chosen)
  const step = textOf(query.window) === 'day' ? 'day' : 'week'
  const day = textOf(query.day)
  const kept = { window: step === 'day' ? 'day' : null }
  return (
    <div className="flex flex-col gap-8">
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,20.5rem)_minmax(0,1fr)]">
        <FeatureStrips
          more={group.features.length - shown.length}
          strips={shown.map((name) => ({
            name,
            current: name === chosen,
            href: groupHref(place, 'quality', { ...kept, feature: name }),
            days: (strips.get(`${group.name}:${name}`) ?? []).map((one) => ({
              ...one,
              href: groupHref(place, 'quality', { ...kept, feature: name, day: one.date }),
            })),
          }))}
        />
        <Suspense key={`${chosen} ${step}`} fallback={<SeriesSkeleton />}>
          <FeatureSeries view={view} feature={chosen} step={step} day={day} />
        </Suspense>
      </div>
    </div>
  )
}

const SeriesSkeleton = () => (
  <div className="flex flex-col gap-6">
    <Skeleton className="h-64" />
    <SkeletonRows rows={8} columns={6} />
  </div>
)
