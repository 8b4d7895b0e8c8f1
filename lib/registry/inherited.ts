import { eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { featureGroups, features, type Transformation } from '@/db/schema'
import type { Classification } from '@/lib/authz'
import { isStricter } from './class-names'
import type { VersionDefinition } from './definition'
import { catalogVersion } from './group-documents'
import { isIdentifier, type PermittedUse, permittedUseNames } from './permitted-use'
import { environmentsOf, type GroupRow, versionsOf } from './queries'

/** What the groups that a transformation reads ask of the group that it makes. */
export interface Inherited {
  classification: Classification
  permittedUse: PermittedUse[]
  /** Names of those groups. */
  from: string[]
}

const nothingInherited: Inherited = { classification: 'public', permittedUse: [], from: [] }

async function featuresServed(executor: Executor, groupId: string) {
  const versions = await versionsOf(groupId, executor)
  const served = await environmentsOf(
    versions.map((version) => version.id),
    executor,
  )
  const version = catalogVersion(versions, served)
  return version ? executor.select().from(features).where(eq(features.versionId, version.id)) : []
}

/** The strictest class and all restrictions among the groups, and their features, that a transformation reads. */
export async function inheritedBy(
  executor: Executor,
  transformation: Pick<Transformation, 'inputs'> | null | undefined,
): Promise<Inherited> {
  const names = transformation?.inputs ?? []
  if (names.length === 0) return nothingInherited
  const groups = await executor.select().from(featureGroups).where(inArray(featureGroups.name, names))
  let { classification } = nothingInherited
  const uses = new Set<PermittedUse>()
  for (const group of groups) {
    for (const one of [group, ...(await featuresServed(executor, group.id))]) {
      if (one.classification && isStricter(one.classification, classification))
        classification = one.classification
      for (const use of one.permittedUse) uses.add(use)
    }
  }
  return {
    classification,
    permittedUse: permittedUseNames.filter((use) => uses.has(use)),
    from: groups.map(({ name }) => name),
  }
}

/** Whether a group promises less than what it is made of asks for: a second person has to agree. */
export const isLooserThan = (
  own: { classification: Classification; permittedUse: readonly PermittedUse[] },
  inherited: Inherited,
): boolean =>
  isStricter(inherited.classification, own.classification) ||
  inherited.permittedUse.some((use) => !own.permittedUse.includes(use))

/** It no longer says that it names a person: what is bound by `no_reidentification`, here or elsewhere, may stand beside it. */
const isUnnamed = (before: { tags: readonly string[] }, now: { tags: readonly string[] }) =>
  isIdentifier(before.tags) && !isIdentifier(now.tags)

/** A definition that allows what the one before it did not, or reads what asks for more than its group promises. */
export async function isLoosened(
  executor: Executor,
  group: Parameters<typeof isLooserThan>[0],
  old: VersionDefinition,
  next: VersionDefinition,
): Promise<boolean> {
  const released = next.features.some((now) =>
    old.features.some(
      (before) =>
        before.name === now.name &&
        (isUnnamed(before, now) || before.permittedUse.some((use) => !now.permittedUse.includes(use))),
    ),
  )
  if (released) return true
  const reads = next.transformation?.inputs ?? []
  const isSame = reads.every((name) => old.transformation?.inputs.includes(name))
  return !isSame && isLooserThan(group, await inheritedBy(executor, next.transformation))
}

/** Whether a new class would be looser than what the group is made of. */
export async function loosensInherited(
  { group }: GroupRow,
  classification: Classification | undefined,
  executor: Executor = db(),
): Promise<boolean> {
  if (!classification || !isStricter(group.classification, classification)) return false
  const [version] = await versionsOf(group.id, executor)
  const inherited = await inheritedBy(executor, version?.transformation)
  return isStricter(inherited.classification, classification)
}
