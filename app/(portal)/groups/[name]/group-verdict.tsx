import { DayStrip } from '@/components/charts/day-strip'
import { type GroupPlace, type GroupTab, groupHref } from '@/components/feature-group/place'
import { Skeleton } from '@/components/ui/skeleton'
import { VerdictLine } from '@/components/ui/verdict-line'
import { load } from '@/lib/http/page-context'
import { getDayStrip, getVerdict } from '@/lib/monitoring'
import type { GroupView } from './load-group'

const evidence: Record<string, GroupTab> = {
  fresh: 'data',
  drift: 'quality',
  contract: 'contract',
  readers: 'usage',
}

/** Evidence of the version and environment that the page shows. */
function hrefOf(place: GroupPlace, id: string, href: string): string {
  const tab = evidence[id]
  if (!tab) return href
  return groupHref(place, tab)
}

/** Health in one sentence. */
export async function GroupVerdict({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  const input = { group: group.name, version: group.version, environment }
  const loaded = await load((ctx) => getVerdict(ctx, input), environment)
  if (loaded.state !== 'ready') return null
  return (
    <VerdictLine
      clauses={loaded.value.map((clause) => ({ ...clause, href: hrefOf(place, clause.id, clause.href) }))}
    />
  )
}

/** The last 28 days of the group, or of one of its features. */
export async function GroupStrip({ view, feature }: { view: GroupView; feature?: string }) {
  const { group, environment, place } = view
  const name = feature ? `${group.name}:${feature}` : group.name
  const loaded = await load((ctx) => getDayStrip(ctx, [name]), environment)
  const days = loaded.state === 'ready' ? (loaded.value.get(name) ?? []) : []
  if (days.length === 0) return null
  return (
    <span className="mr-2 flex max-md:basis-full">
      <DayStrip
        size="header"
        label={`Last 28 days of ${name}`}
        days={days.map((day) => ({
          ...day,
          href: groupHref(place, 'quality', { feature: feature ?? null, day: day.date }),
        }))}
      />
    </span>
  )
}

export const StripSkeleton = () => <Skeleton className="mr-2 h-5 w-62 max-md:basis-full" />

export const VerdictSkeleton = () => <Skeleton className="my-1 h-3 w-96 max-w-full" />
