import { type History, profileOrder, profileWindows, type WindowCounts } from '@/lib/offline'
import { isoOf, microsOf, windowStart } from './calendar'
import { DISCRETE_LIMIT, edgePlaces } from './distances/bins'
import { type BlockFloors, blockFloors } from './distances/block-floors'
import { mergeProfiles } from './distances/merge-profiles'
import { type Profile, presentRows } from './distances/profile'
import { DEFAULT_THRESHOLDS } from './distances/thresholds'
import { edgesOf, frameOf } from './frames'
import { emptyFrame, type Frozen, noCounts, profileOf } from './profile-of'
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

/** Bins and grid of the numeric features, from the places of their sorted values. */
async function numericFrames(
  span: Span,
  features: readonly NumericFeature[],
  whole: ReadonlyMap<string, WindowCounts>,
): Promise<Map<string, Frozen>> {
  const counts = ({ name }: NumericFeature) => finiteRows(whole.get(name) ?? noCounts(name))
  const orders = await profileOrder({
    ...span,
    columns: features.map((feature) => ({ ...feature, places: edgePlaces(counts(feature)) })),
    mostValues: DISCRETE_LIMIT,
  })
  return new Map(
    features.map((feature) => {
      const order = orders.get(feature.name)
      return [
        feature.name,
        { frame: order && counts(feature) > 0 ? frameOf(counts(feature), order) : emptyFrame },
      ]
    }),
  )
}

interface Block {
  startMs: number
  profile: Profile
}

/** Each feature's days on what is frozen of it; days make weeks by addition. */
async function dailyBlocks(
  span: Span,
  features: readonly WatchedFeature[],
  bases: ReadonlyMap<string, Frozen>,
): Promise<Map<string, Block[]>> {
  const columns = features.map(({ name, kind }) => {
    const basis = bases.get(name) ?? null
    const edges = basis && 'frame' in basis ? { edges: edgesOf(basis.frame) } : {}
    // What the reference does not list is a day's rest.
    return { name, kind, ...edges, ...(basis && 'values' in basis ? { ...basis, mostOthers: 0 } : {}) }
  })
  const kinds = new Map(features.map(({ name, kind }) => [name, kind]))
  const blocks = new Map<string, Block[]>(features.map(({ name }) => [name, []]))
  for (const day of await profileWindows({ ...span, columns, period: 'day' })) {
    const kind = kinds.get(day.column)
    if (!kind) continue
    const profile = profileOf(kind, bases.get(day.column) ?? null, day)
    blocks.get(day.column)?.push({ startMs: Number((day.startMicros ?? 0n) / 1000n), profile })
  }
  return blocks
}

function mergedProfile(blocks: readonly Block[]): Profile | null {
  const [first, ...rest] = blocks.map(({ profile }) => profile)
  return first ? rest.reduce(mergeProfiles, first) : null
}

function floorsOf(days: readonly Block[]): Record<'day' | 'week', BlockFloors | null> {
  const mondays = [...new Set(days.map(({ startMs }) => windowStart('week', startMs)))]
  const merged = mondays
    .map((monday) => mergedProfile(days.filter(({ startMs }) => windowStart('week', startMs) === monday)))
    .filter((profile) => profile !== null)
  return { day: blockFloors(days.map(({ profile }) => profile)), week: blockFloors(merged) }
}

/** The reference's own profile: numbers are the sum of their days, so that both stand on one frame. */
function wholeProfile(
  { name, kind }: WatchedFeature,
  basis: Frozen,
  counts: WindowCounts,
  days: readonly Block[],
): Profile {
  const own = profileOf(kind, kind === 'categorical' ? null : basis, counts)
  if (own.kind === 'categorical') return { ...own, distinct: counts.distinct }
  const merged = mergedProfile(days) ?? profileOf(kind, basis, noCounts(name))
  if (merged.kind !== 'numeric') return own
  return { ...merged, distinct: counts.distinct, whole: counts.fractional === 0 }
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
    columns: features.map((feature) => ({ ...feature, mostOthers: listedValues, countDistinct: true })),
    period: 'all',
  })
  const whole = new Map(counted.map((counts) => [counts.column, counts]))
  const frames = await numericFrames(span, features.filter(isNumeric), whole)
  const bases = new Map(
    features.map(({ name, kind }): [string, Frozen] => {
      const values = (whole.get(name) ?? noCounts(name)).values.map(([value]) => value)
      return [name, kind === 'categorical' ? { values } : (frames.get(name) ?? null)]
    }),
  )
  const days = await dailyBlocks(span, features, bases)
  return features.map((feature) => {
    const { name, kind } = feature
    const basis = bases.get(name) ?? null
    const blocks = days.get(name) ?? []
    const profile = wholeProfile(feature, basis, whole.get(name) ?? noCounts(name), blocks)
    const frozen = isPast && presentRows(profile) >= fewestRows(kind)
    const floors = floorsOf(blocks)
    return { feature: name, statistics: { frozen, from: isoOf(fromMs), kind, basis, profile, floors } }
  })
}
