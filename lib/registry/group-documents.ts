import type { Transaction } from '@/db/client'
import type { VersionRow } from './definition'
import { type CatalogDocument, removeGroupDocuments, writeDocuments } from './documents'
import { environmentsOf, featuresOf, type GroupRow, type VersionEnvironmentRow, versionsOf } from './queries'

const promoted = (version: VersionRow, served: VersionEnvironmentRow[]) =>
  served.some((one) => one.versionId === version.id && one.state === 'promoted')

/** The version that the catalogue speaks of: what is served, before what waits, before what is gone. Versions newest first. */
export function catalogVersion(
  versions: VersionRow[],
  served: VersionEnvironmentRow[],
): VersionRow | undefined {
  return (
    versions.find((version) => version.state === 'active' && promoted(version, served)) ??
    versions.find((version) => version.state === 'deprecated' && promoted(version, served)) ??
    versions.find((version) => version.state !== 'archived') ??
    versions[0]
  )
}

/** Writes a group's line and its features' anew from what the registry now holds. */
export async function writeGroupDocuments(tx: Transaction, row: GroupRow, at: Date): Promise<void> {
  const { group, team, entity } = row
  const versions = await versionsOf(group.id, tx)
  const served = await environmentsOf(
    versions.map((version) => version.id),
    tx,
  )
  const version = catalogVersion(versions, served)
  await removeGroupDocuments(tx, group.id)
  if (!version) return
  const shared = {
    groupName: group.name,
    groupId: group.id,
    entity,
    domain: group.domain,
    team,
    teamId: group.ownerTeamId,
    lifecycle: version.state,
    sample: group.sample,
  }
  const own: CatalogDocument = {
    ...shared,
    kind: 'group',
    name: group.name,
    description: group.description,
    tags: group.tags,
    dataType: null,
    classification: group.classification,
    position: 0,
  }
  const features = (await featuresOf(version.id, tx)).map(
    (feature): CatalogDocument => ({
      ...shared,
      kind: 'feature',
      name: `${group.name}:${feature.name}`,
      description: feature.description,
      tags: [...new Set([...group.tags, ...feature.tags])],
      dataType: feature.type,
      classification: feature.classification ?? group.classification,
      position: feature.position,
    }),
  )
  await writeDocuments(tx, [own, ...features], at)
}
