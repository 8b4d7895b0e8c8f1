import { type FeatureLine, FeaturesTable } from '@/components/feature-group/features-table'
import { NotReady } from '@/components/layout/not-ready'
import { getUsage } from '@/lib/catalog'
import type { UsageResource } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { type Loaded, load } from '@/lib/http/page-context'
import { getStatistics } from '@/lib/monitoring'
import type { GroupStatistics } from '@/lib/monitoring/operations'
import { type GroupView, type PageParams, textOf } from '../load-group'
import { NoRows } from '../no-rows'

type SortKey = (line: FeatureLine) => string | number | null

const keys: Record<string, SortKey> = {
  name: ({ feature }) => feature.name,
  type: ({ feature }) => feature.type,
  nulls: ({ statistics }) => (statistics && statistics.rows > 0 ? statistics.nulls / statistics.rows : null),
  distinct: ({ statistics }) => statistics?.distinct ?? null,
  mean: ({ statistics }) => statistics?.mean ?? null,
  readers: ({ readers }) => readers,
}

/** What has no value comes last, whichever way the rest is sorted. */
function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -sign : sign
}

function sorted(lines: FeatureLine[], sort: string | null): FeatureLine[] {
  const descending = sort?.startsWith('-') ?? false
  const key = keys[descending ? (sort ?? '').slice(1) : (sort ?? '')]
  if (!key) return lines
  return lines.toSorted((a, b) => compare(key(a), key(b), descending ? -1 : 1))
}

function matching(lines: FeatureLine[], filter: string | null): FeatureLine[] {
  if (filter === null) return lines
  const wanted = filter.toLowerCase()
  return lines.filter(({ feature }) =>
    [feature.name, feature.type, feature.description].some((text) => text.toLowerCase().includes(wanted)),
  )
}

function linesOf(
  view: GroupView,
  statistics: Loaded<GroupStatistics | null>,
  usage: Loaded<UsageResource>,
): FeatureLine[] {
  const counted = new Map(
    (statistics.state === 'ready' ? (statistics.value?.features ?? []) : []).map((one) => [one.name, one]),
  )
  const read = new Map(
    (usage.state === 'ready' ? usage.value.features : []).map((one) => [one.name, one.readers]),
  )
  return view.group.features.map((feature) => ({
    feature,
    statistics: (counted.get(feature.name)?.rows ?? 0) > 0 ? (counted.get(feature.name) ?? null) : null,
    readers: read.get(feature.name) ?? 0,
  }))
}

const numberOf = (value: PageParams[string], shape: RegExp): number | null => {
  const text = textOf(value)
  return text !== null && shape.test(text) ? Number(text) : null
}

/** Every feature with type, shape and numbers of its whole history. */
export async function FeaturesTab({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, environment, isHere } = view
  const { name, version } = group
  const counted = async (ctx: Context) =>
    isHere ? getStatistics(ctx, { group: name, version, environment }) : null
  const [statistics, usage] = await Promise.all([
    load(counted, environment),
    load((ctx) => getUsage(ctx, name, { version, days: 30 }), environment),
  ])
  const filter = textOf(query.q)
  const lines = sorted(matching(linesOf(view, statistics, usage), filter), textOf(query.sort))
  const pageSize = numberOf(query.limit, /^(25|50|100|200)$/) ?? 50
  const page = Math.min(
    numberOf(query.page, /^[1-9]\d{0,4}$/) ?? 1,
    Math.max(1, Math.ceil(lines.length / pageSize)),
  )
  const found = statistics.state === 'ready' ? statistics.value : null
  return (
    <div className="flex flex-col gap-4">
      {statistics.state === 'ready' ? null : <NotReady loaded={statistics} what="The statistics" />}
      {!isHere || found?.rows === 0 ? <NoRows view={view} /> : null}
      <FeaturesTable
        lines={lines.slice((page - 1) * pageSize, page * pageSize)}
        pager={{ page, pageSize, total: lines.length }}
        place={view.place}
        filter={filter}
      />
      {found && found.rows > 0 ? <p className="text-12 text-muted">{found.note}</p> : null}
    </div>
  )
}
