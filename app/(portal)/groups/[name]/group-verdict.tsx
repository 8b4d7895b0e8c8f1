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

/** The last 28 days. */
export async function GroupStrip({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  const loaded = await load((ctx) => getDayStrip(ctx, [group.name]), environment)
  const days = loaded.state === 'ready' ? (loaded.value.get(group.name) ?? []) : []
  if (days.length === 0) return null
  return (
    <DayStrip
      size="header"
      className="mr-2"
      label={`Last 28 days of ${group.name}`}
      days={days.map((day) => ({ ...day, href: groupHref(place, 'quality', { day: day.date }) }))}
    />
  )
}

export const VerdictSkeleton = () => <Skeleton className="my-1 h-3 w-96 max-w-full" />
