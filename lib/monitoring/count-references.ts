import { type History, profileOrder, profileWindows, type WindowCounts } from '@/lib/offline'
import { isoOf, microsOf, windowStart } from './calendar'
import { DISCRETE_LIMIT, edgePlaces } from './distances/bins'
import { type BlockFloors, blockFloors } from './distances/block-floors'
import { mergeNumericProfiles, type NumericProfile, type Profile, presentRows } from './distances/profile'
import { DEFAULT_THRESHOLDS } from './distances/thresholds'
import { edgesOf, frameOf, numericProfileOf } from './frames'
import { emptyFrame, noCounts, profileOf } from './profile-of'
import type { ReferenceStatistics } from './reference'
import type { ReferenceSpan } from './reference-span'
import type { WatchedFeature } from './watched-features'

/** Up to so many values of a categorical reference are listed and counted in every window. */
const listedValues = 200

type NumericFeature = WatchedFeature & { kind: 'numeric' | 'length' }

const isNumeric = (feature: WatchedFeature): feature is NumericFeature =>
  feature.kind === 'numeric' || feature.kind === 'length'

const finiteRows = (counts: WindowCounts): number =>
  counts.rows - counts.nulls - counts.nan - counts.positiveInfinity - counts.negativeInfinity

const fewestRows = (kind: WatchedFeature['kind']): number => {
  const { numeric, categorical, boolean, nulls } = DEFAULT_THRESHOLDS.fewestRows
  if (kind === 'presence') return nulls
  return kind === 'boolean' ? boolean : kind === 'categorical' ? categorical : numeric
}

interface Span {
  history: History
  fromMicros: bigint
  toMicros: bigint
}

/** Each finite number counts as a profile on the reference's own frame, day by day; days make weeks by addition. */
async function numericReferences(
  span: Span,
  features: readonly NumericFeature[],
  whole: ReadonlyMap<string, WindowCounts>,
): Promise<Map<string, Pick<ReferenceStatistics, 'basis' | 'profile' | 'floors'>>> {
  const counts = ({ name }: NumericFeature) => finiteRows(whole.get(name) ?? noCounts(name))
  const orders = await profileOrder({
    ...span,
    columns: features.map((feature) => ({ ...feature, places: edgePlaces(counts(feature)) })),
    mostValues: DISCRETE_LIMIT,
  })
  const frames = new Map(
    features.map((feature) => {
      const order = orders.get(feature.name)
      return [feature.name, order && counts(feature) > 0 ? frameOf(counts(feature), order) : emptyFrame]
    }),
  )
  const columns = features.map(({ name, kind }) => ({
    name,
    kind,
    edges: edgesOf(frames.get(name) ?? emptyFrame),
  }))
  const days = await profileWindows({ ...span, columns, period: 'day' })
  return new Map(
    features.map(({ name }) => {
      const frame = frames.get(name) ?? emptyFrame
      const blocks = days
        .filter(({ column }) => column === name)
        .map((day) => blockOf(day, numericProfileOf(frame, day)))
      const profile = mergedProfile(blocks) ?? numericProfileOf(frame, noCounts(name))
      return [name, { basis: { frame }, profile, floors: floorsOf(blocks) }]
    }),
  )
}

interface Block {
  startMs: number
  profile: NumericProfile
}

const blockOf = ({ startMicros }: WindowCounts, profile: NumericProfile): Block => ({
  startMs: Number((startMicros ?? 0n) / 1000n),
  profile,
})

function mergedProfile(blocks: readonly Block[]): NumericProfile | null {
  const [first, ...rest] = blocks.map(({ profile }) => profile)
  return first ? rest.reduce(mergeNumericProfiles, first) : null
}

function floorsOf(days: readonly Block[]): Record<'day' | 'week', BlockFloors | null> {
  const mondays = [...new Set(days.map(({ startMs }) => windowStart('week', startMs)))]
  const merged = mondays
    .map((monday) => mergedProfile(days.filter(({ startMs }) => windowStart('week', startMs) === monday)))
    .filter((profile) => profile !== null)
  return { day: blockFloors(days.map(({ profile }) => profile)), week: blockFloors(merged) }
}

/** Counts what is to be frozen: bins, grid, listed values, profile and floors of every feature in the span. */
export async function countReferences(
  history: History,
  features: readonly WatchedFeature[],
  { fromMs, toMs, isPast }: ReferenceSpan,
): Promise<{ feature: string; statistics: ReferenceStatistics }[]> {
  const span = { history, fromMicros: microsOf(fromMs), toMicros: microsOf(toMs) }
  const counted = await profileWindows({
    ...span,
    columns: features.map((feature) => ({ ...feature, mostOthers: listedValues })),
    period: 'all',
  })
  const whole = new Map(counted.map((counts) => [counts.column, counts]))
  const numeric = await numericReferences(span, features.filter(isNumeric), whole)
  return features.map(({ name, kind }) => {
    const counts = whole.get(name) ?? noCounts(name)
    const { basis, profile, floors } = numeric.get(name) ?? {
      basis: kind === 'categorical' ? { values: counts.values.map(([value]) => value) } : null,
      profile: withDistinct(profileOf(kind, null, counts), counts),
      floors: { day: null, week: null },
    }
    const frozen = isPast && presentRows(profile) >= fewestRows(kind)
    return { feature: name, statistics: { frozen, from: isoOf(fromMs), kind, basis, profile, floors } }
  })
}

/** A list that is cut still tells an identifier by its count of different values. */
const withDistinct = (profile: Profile, { distinct }: WindowCounts): Profile =>
  profile.kind === 'categorical' ? { ...profile, distinct } : profile
