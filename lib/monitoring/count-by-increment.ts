import { parseEventTime } from '@/lib/core/feature-type'
import { type ColumnSketch, type History, historyOf, profileSketch, profileWindows } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { type Changes, changesBetween, committedFacts } from './history'
import {
  type CountedFeature,
  type KeptStatistics,
  keptStatistics,
  type Lengths,
  type Statistics,
  saveStatistics,
} from './kept-statistics'
import { merged, profileOfSketch } from './sketch'
import { watchedKind } from './watched-features'

interface Part {
  sketch: ColumnSketch
  lengths: Lengths | null
}

/** Edges stay those of the first count, so that bins can be added up. */
function edgesOf(kept: KeptStatistics | null): Record<string, number[]> {
  const edges: Record<string, number[]> = {}
  for (const [name, { profile }] of kept?.features ?? [])
    if (profile.histogram) edges[name] = profile.histogram.edges
  return edges
}

async function partsOf(
  version: ServingVersion,
  history: History,
  edges: Record<string, number[]>,
): Promise<Map<string, Part>> {
  const lists = version.features.filter(({ type }) => watchedKind(type) === 'length')
  const columns = version.features.map(({ name }) => name)
  const { columns: sketches } = await profileSketch({ history, columns, edges })
  const lengths = await profileWindows({
    history,
    fromMicros: null,
    toMicros: null,
    columns: lists.map(({ name }) => ({ name, kind: 'length' })),
    period: 'all',
  })
  return new Map(
    sketches.map((sketch): [string, Part] => {
      const { name } = sketch.profile
      const found = lengths.find(({ column }) => column === name)
      return [name, { sketch, lengths: found ? { min: found.min, max: found.max, mean: found.mean } : null }]
    }),
  )
}

const present = ({ profile }: ColumnSketch) => profile.rows - profile.nulls

/** Lengths of the lists of two parts; means weigh as many lists as they are of. */
function mergedLengths(a: Part, b: Part): Lengths | null {
  const [x, y] = [a.lengths, b.lengths]
  if (!x || x.mean === null || x.min === null || x.max === null) return y
  if (!y || y.mean === null || y.min === null || y.max === null) return x
  const [n, m] = [present(a.sketch), present(b.sketch)]
  return {
    min: Math.min(x.min, y.min),
    max: Math.max(x.max, y.max),
    mean: (x.mean * n + y.mean * m) / (n + m),
  }
}

const isAddable = (kept: KeptStatistics | null, { hasRevert }: Changes): kept is KeptStatistics =>
  kept !== null && !hasRevert && [...kept.features.values()].every(({ sketch }) => sketch !== undefined)

function addedTo(kept: KeptStatistics, name: string, part: Part): Part {
  const before = kept.features.get(name)
  if (!before?.sketch) return part
  const own: Part = { sketch: before.sketch, lengths: before.lengths }
  return { sketch: merged(own.sketch, part.sketch), lengths: mergedLengths(own, part) }
}

/**
 * Statistics of a long history: only the rows of commits that came since the last count are read, and added to it. A
 * revert, or a first count, reads all of it, column by column in the same memory. Counts, moments, extremes and bins
 * are exact; distinct and deciles are estimates; values are listed while they are few.
 */
export async function countByIncrement(version: ServingVersion, asOf: string): Promise<Statistics> {
  const kept = await keptStatistics(version)
  const changes = await changesBetween(version, kept?.asOf ?? '-infinity', asOf)
  // What is committed while this runs belongs to the next count.
  const history: History = { ...(await historyOf(version)), known: parseEventTime(asOf) ?? undefined }
  const isIncrement = isAddable(kept, changes)
  const asked = isIncrement ? changes.createds : undefined
  const parts = await partsOf(
    version,
    asked ? { ...history, only: asked } : history,
    isIncrement ? edgesOf(kept) : {},
  )
  const features = new Map(
    [...parts].map(([name, part]): [string, CountedFeature] => {
      const { sketch, lengths } = isIncrement ? addedTo(kept, name, part) : part
      return [name, { profile: profileOfSketch(sketch), lengths, sketch }]
    }),
  )
  const statistics = {
    asOf,
    history: await committedFacts(version, asOf),
    features,
    isEstimated: true,
  }
  await saveStatistics(version, asOf, statistics)
  return statistics
}
