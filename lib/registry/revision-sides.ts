import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { isStricter } from './class-names'
import { storedDefinition, type VersionDefinition, type VersionRow } from './definition'
import { type Change, diffDefinitions } from './diff'
import { describedFeatures, requireVersion } from './get-feature-group'
import { featuresOf, type GroupRow } from './queries'
import { type RevisionRow, recordedDefinition } from './record-revision'
import { redactFeatures, redactVersions } from './redact'
import { parseAddress } from './revision-address'
import { type Stated, statedChanges, statedOf } from './stated'

/** One revision of a version, whole and as its reader may see it. */
export interface Side {
  version: VersionRow
  revision: number
  all: VersionDefinition
  seen: VersionDefinition
  stated: Stated
  /** Null while it is a draft. */
  record: RevisionRow | null
}

/** Classes that features have now, by name: what was written of one before it became stricter is as strict. */
type ClassesNow = ReadonlyMap<string, VersionDefinition['features'][number]['classification']>

function asStrictAsNow(definition: VersionDefinition, now: ClassesNow): VersionDefinition {
  const features = definition.features.map((feature) => {
    const present = now.get(feature.name) ?? null
    const isRaised = present !== null && isStricter(present, feature.classification ?? 'public')
    return isRaised ? { ...feature, classification: present } : feature
  })
  return { ...definition, features }
}

async function seenOf(
  ctx: Context,
  row: GroupRow,
  all: VersionDefinition,
  now: ClassesNow,
): Promise<VersionDefinition> {
  const described = describedFeatures(ctx, row, asStrictAsNow(all, now).features)
  const names = new Set(described.map(({ name }) => name))
  const kept = all.features.filter(({ name }) => names.has(name))
  const [shown] = await redactVersions(ctx, [{ replacement: null, transformation: all.transformation }], {
    described: kept,
    all: all.features,
  })
  return {
    ...all,
    transformation: shown?.transformation ?? null,
    features: redactFeatures(kept, all.features),
  }
}

/** What sides of one group's versions share while they are loaded. */
export interface Group {
  row: GroupRow
  live: (version: VersionRow) => Promise<VersionDefinition>
  /** What the registry kept of a revision; null while it is a draft. */
  record: (versionId: string, revision: number) => Promise<RevisionRow | null>
}

export function groupOf(row: GroupRow): Group {
  const loaded = new Map<string, Promise<VersionDefinition>>()
  const live = (version: VersionRow) => {
    const found =
      loaded.get(version.id) ?? featuresOf(version.id).then((rows) => storedDefinition(version, rows))
    loaded.set(version.id, found)
    return found
  }
  return { row, live, record: recordOf }
}

const classesOf = ({ features }: VersionDefinition): ClassesNow =>
  new Map(features.map(({ name, classification }) => [name, classification]))

/** A recorded revision of a version. */
export async function recordedSide(
  ctx: Context,
  { row, live }: Group,
  version: VersionRow,
  record: RevisionRow,
): Promise<Side> {
  const all = recordedDefinition(record)
  const seen = await seenOf(ctx, row, all, classesOf(await live(version)))
  return { version, revision: record.revision, all, seen, stated: record.stated, record }
}

const recordOf = async (versionId: string, revision: number): Promise<RevisionRow | null> => {
  const [record] = await db()
    .select()
    .from(versionRevisions)
    .where(and(eq(versionRevisions.versionId, versionId), eq(versionRevisions.revision, revision)))
  return record ?? null
}

/** A version as it is now: its newest revision, or a draft. */
export async function liveSide(
  ctx: Context,
  { row, live, record: recorded }: Group,
  version: VersionRow,
): Promise<Side> {
  const all = await live(version)
  const record = await recorded(version.id, version.revision)
  const seen = await seenOf(ctx, row, all, classesOf(all))
  const stated = record?.stated ?? statedOf(row)
  return { version, revision: version.revision, all, seen, stated, record }
}

/** The revision that an address (`2`, `2.1`) means. Errors: `not_found` naming it. */
export async function sideAt(ctx: Context, group: Group, address: string): Promise<Side> {
  const missing = () => notFound(`Feature group ${group.row.group.name}@${address}`)
  const parsed = parseAddress(address)
  if (!parsed) throw missing()
  const version = await requireVersion(group.row, parsed.major)
  const { revision } = parsed
  if (revision === null || revision === version.revision) return liveSide(ctx, group, version)
  const record = await group.record(version.id, revision)
  if (!record) throw missing()
  return recordedSide(ctx, group, version, record)
}

/** Paths of what one side hides: no change below them is told. */
function hiddenPaths({ all, seen }: Side): string[] {
  const features = all.features.flatMap(({ name, expression }) => {
    const found = seen.features.find((feature) => feature.name === name)
    if (!found) return [`features.${name}`]
    return found.expression === expression ? [] : [`features.${name}.expression`]
  })
  return [...features, ...(all.transformation && !seen.transformation ? ['transformation'] : [])]
}

/** Whether a change, or a path, may be told to who sees these sides. */
export function toldBy(...sides: Side[]): (path: string) => boolean {
  const hidden = sides.flatMap(hiddenPaths)
  return (told) => !hidden.some((path) => told === path || told.startsWith(`${path}.`))
}

/** All that differs from one side to the other, in the schema and in what is said of the group. */
export const changesBetween = (from: Side, to: Side): Change[] => [
  ...diffDefinitions(from.all, to.all),
  ...statedChanges(from.stated, to.stated),
]
