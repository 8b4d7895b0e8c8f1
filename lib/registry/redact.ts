import { eq, inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { featureGroups, teams } from '@/db/schema'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { VersionRow } from './definition'
import { namesIn } from './expression/names'
import { groupFacts } from './queries'
import { parseGroupReference } from './reference'

/** Whether the reader may know of the group that a reference (`group` or `group@n`) names. */
type MayName = (reference: string) => boolean

const groupOf = (reference: string) => parseGroupReference(reference)?.group ?? reference

/** Groups that are not there any more are nobody's secret. */
async function mayNameOf(ctx: Context, references: string[]): Promise<MayName> {
  const names = [...new Set(references.map(groupOf))]
  if (names.length === 0) return () => true
  const rows = await db()
    .select({ group: featureGroups, team: teams.name })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .where(inArray(featureGroups.name, names))
  const hidden = new Set(
    rows
      .filter((row) => !decide(ctx, 'catalog:describe', groupFacts({ ...row, entity: null })).allowed)
      .map(({ group }) => group.name),
  )
  return (reference) => !hidden.has(groupOf(reference))
}

const words = (text: string) => new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])

function mentions(mentioned: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.some((name) => mentioned.has(name))
}

/** Features as their reader may see them: an expression that names a hidden one is left out. */
export function redactFeatures<Row extends { name: string; expression: string | null }>(
  described: Row[],
  all: readonly { name: string }[],
): Row[] {
  const hidden = hiddenNames(described, all)
  return described.map((row) =>
    row.expression !== null && mentions(namesIn(row.expression), hidden) ? { ...row, expression: null } : row,
  )
}

function hiddenNames(described: readonly { name: string }[], all: readonly { name: string }[]): string[] {
  const known = new Set(described.map(({ name }) => name))
  return all.flatMap(({ name }) => (known.has(name) ? [] : [name]))
}

type Redactable = Pick<VersionRow, 'replacement' | 'transformation'>

function redactVersion<V extends Redactable>(version: V, hidden: readonly string[], mayName: MayName): V {
  const { transformation, replacement } = version
  const isOpen =
    transformation === null ||
    (transformation.inputs.every(mayName) && !mentions(words(JSON.stringify(transformation)), hidden))
  return {
    ...version,
    replacement: replacement !== null && mayName(replacement) ? replacement : null,
    transformation: isOpen ? transformation : null,
  }
}

/**
 * Versions as their reader may see them: without replacements and transformations that name what the reader may not
 * know of. `features`: those that stand in the answer, and all of their version.
 */
export async function redactVersions<V extends Redactable>(
  ctx: Context,
  versions: V[],
  features: { described: readonly { name: string }[]; all: readonly { name: string }[] } = {
    described: [],
    all: [],
  },
): Promise<V[]> {
  const references = versions.flatMap(({ replacement, transformation }) => [
    ...(replacement === null ? [] : [replacement]),
    ...(transformation?.inputs ?? []),
  ])
  const mayName = await mayNameOf(ctx, references)
  const hidden = hiddenNames(features.described, features.all)
  return versions.map((version) => redactVersion(version, hidden, mayName))
}
