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
  contract: 'quality',
  readers: 'usage',
}

/** Evidence of the version and environment that the page shows. */
function hrefOf(place: GroupPlace, id: string, href: string): string {
  const tab = evidence[id]
  return tab ? groupHref(place, tab) : href
}

/** Health in one sentence, and the last 28 days. */
export async function GroupVerdict({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  const loaded = await load(
    async (ctx) => ({
      clauses: await getVerdict(ctx, { group: group.name, version: group.version, environment }),
      days: (await getDayStrip(ctx, [group.name])).get(group.name) ?? [],
    }),
    environment,
  )
  if (loaded.state !== 'ready') return null
  const { clauses, days } = loaded.value
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
      <VerdictLine
        clauses={clauses.map((clause) => ({ ...clause, href: hrefOf(place, clause.id, clause.href) }))}
      />
      <DayStrip
        size="header"
        label={`Last 28 days of ${group.name}`}
        days={days.map((day) => ({ ...day, href: groupHref(place, 'quality', { day: day.date }) }))}
      />
    </div>
  )
}

export const VerdictSkeleton = () => (
  <div className="flex h-6 items-center justify-between gap-6">
    <Skeleton className="h-3 w-96 max-w-full" />
    <Skeleton className="h-5 w-62 max-md:hidden" />
  </div>
)
