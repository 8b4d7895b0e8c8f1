import { db } from '@/db/client'
import type { History } from '@/lib/offline'
import { type NewProfile, readProfiles, type StoredProfile, saveProfiles } from '@/lib/profiles'
import type { ServingVersion } from '@/lib/registry'
import { isoOf, msOf } from './calendar'
import { countReferences } from './count-references'
import type { Reference, ReferenceStatistics } from './reference'
import type { ReferenceSpan } from './reference-span'
import { stamped, stored } from './stored'
import type { WatchedFeature } from './watched-features'

function referenceOf(row: StoredProfile): Reference | null {
  const statistics = stored<ReferenceStatistics>(row.statistics)
  if (!statistics || row.windowEnd === null) return null
  const { id, feature, asOf } = row
  return { ...statistics, id, feature, asOf, fromMs: msOf(statistics.from), toMs: msOf(row.windowEnd) }
}

type Place = Pick<ServingVersion, 'versionId' | 'environment'>

async function storedReferences(version: Place, features: readonly Pick<WatchedFeature, 'name'>[]) {
  const rows = await readProfiles({
    versionIds: [version.versionId],
    environment: version.environment,
    features: features.map(({ name }) => name),
    span: 'reference',
  })
  return rows.map(referenceOf).filter((reference) => reference !== null)
}

/** Of several of one feature the frozen one counts, else the newest: a provisional one may have ended elsewhere. */
function byFeature(references: readonly Reference[]): Map<string, Reference> {
  const chosen = new Map<string, Reference>()
  for (const reference of references) {
    const other = chosen.get(reference.feature)
    const isBetter = !other?.frozen && (reference.frozen || !other || reference.asOf > other.asOf)
    if (isBetter) chosen.set(reference.feature, reference)
  }
  return chosen
}

/** The references that are stored of these features; nothing is counted. */
export const knownReferences = async (
  version: Place,
  features: readonly Pick<WatchedFeature, 'name'>[],
): Promise<Map<string, Reference>> => byFeature(await storedReferences(version, features))

export interface ReferenceRequest {
  version: ServingVersion
  features: readonly WatchedFeature[]
  /** By the arrivals; a frozen reference of the version goes before it. */
  span: ReferenceSpan
  asOf: string
  history: () => Promise<History>
}

/**
 * The reference of every feature: those that are stored and frozen, the others counted on the history as it is.
 * All features of a version share one span of time.
 */
export async function references(request: ReferenceRequest): Promise<Map<string, Reference>> {
  const { version, features, asOf } = request
  const known = await knownReferences(version, features)
  const frozen = [...known.values()].find((reference) => reference.frozen)
  const span = frozen
    ? { ...request.span, fromMs: frozen.fromMs, toMs: frozen.toMs, isPast: true }
    : request.span
  const wanting = features.filter(({ name, kind }) => {
    const reference = known.get(name)
    if (!reference || reference.kind !== kind) return true
    return !reference.frozen && (reference.asOf < asOf || reference.toMs !== span.toMs)
  })
  if (wanting.length === 0) return known
  const counted = await countReferences(await request.history(), wanting, span)
  await saveProfiles(
    db(),
    counted.map(
      ({ feature, statistics }): NewProfile => ({
        versionId: version.versionId,
        environment: version.environment,
        feature,
        side: 'offline',
        windowStart: null,
        windowEnd: isoOf(span.toMs),
        referenceId: null,
        asOf,
        rows: statistics.profile.rows,
        statistics: stamped(statistics),
      }),
    ),
  )
  return knownReferences(version, features)
}
