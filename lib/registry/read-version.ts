import type { Context } from '@/lib/core/context'
import type { VersionDefinition, VersionRow } from './definition'
import { getVersion, versionSummaries } from './get-feature-group'
import type { ListedVersionResource, ReadVersionResource } from './history-resources'
import { peopleOf, recordedSides, revisionsOf, serializeRevision, toldChanges } from './list-revisions'
import { describedGroup, environmentsOf, namesOf } from './queries'
import { redactVersions } from './redact'
import type { Page } from './resources'
import { formatAddress } from './revision-address'
import { groupOf, sideAt } from './revision-sides'
import { strictestOf } from './rules'
import { serializeVersion } from './serialize'

function asItWas(version: VersionRow, revision: number, { keys, features: _, ...rest }: VersionDefinition) {
  return { ...version, ...rest, primaryKey: keys, revision }
}

async function getRevision(
  ctx: Context,
  name: string,
  major: number,
  revision: number,
): Promise<ReadVersionResource> {
  const row = await describedGroup(ctx, name)
  const group = groupOf(row)
  const side = await sideAt(ctx, group, formatAddress({ major, revision }))
  const { version, seen, all, record } = side
  const [shown = version] = await redactVersions(ctx, [version])
  const [served, nameOf, people, sides] = await Promise.all([
    environmentsOf([version.id]),
    namesOf([version.createdBy]),
    peopleOf(record ? [record] : []),
    recordedSides(ctx, group),
  ])
  const changes = toldChanges(side, sides)
  const parts = { features: seen.features, strictest: strictestOf(row, all.features) }
  return {
    ...serializeVersion(row, asItWas(shown, revision, seen), parts, served, nameOf),
    record: record && { ...serializeRevision(record, changes, people), changes },
    stated: side.stated,
  }
}

/** A version as it is, or as one of its revisions was. Errors: `not_found` naming the version or the revision. */
export const readVersion = (
  ctx: Context,
  name: string,
  major: number,
  revision?: number,
): Promise<ReadVersionResource> =>
  revision === undefined ? getVersion(ctx, name, major) : getRevision(ctx, name, major, revision)

/** All versions of a group with their revisions, both newest first. Errors: `not_found`. */
export async function listVersions(ctx: Context, name: string): Promise<Page<ListedVersionResource>> {
  const [{ data, meta }, revisions] = await Promise.all([versionSummaries(ctx, name), revisionsOf(ctx, name)])
  const withRevisions = data.map((version) => ({
    ...version,
    revisions: revisions.filter((revision) => revision.version === version.version),
  }))
  return { data: withRevisions, meta }
}
