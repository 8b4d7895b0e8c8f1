import { and, eq, inArray, not, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import {
  catalogDocuments,
  commitFiles,
  commits,
  domains,
  entities,
  featureGroups,
  featureServices,
  featureServiceVersions,
  features,
  featureGroupVersions as groupVersions,
  jobLog,
  jobs,
  mergedFiles,
  onlineRows,
  profiles,
  quarantinedRows,
  sources,
  unfiledCommits,
  usageMinutes,
  versionEnvironments,
} from '@/db/schema'

interface Asset {
  id: string
  name: string
}

/** Everything that is marked as sample. */
export interface MarkedAssets {
  groups: Asset[]
  /** Ids of all versions of the groups. */
  versions: string[]
  services: Asset[]
  entities: Asset[]
  sources: Asset[]
}

export async function markedAssets(tx: Transaction): Promise<MarkedAssets> {
  const marked = (table: typeof featureGroups | typeof featureServices | typeof entities | typeof sources) =>
    tx.select({ id: table.id, name: table.name }).from(table).where(eq(table.sample, true))
  const groups = await marked(featureGroups)
  const versions = await tx
    .select({ id: groupVersions.id })
    .from(groupVersions)
    .where(inArray(groupVersions.groupId, idsOf(groups)))
  return {
    groups,
    versions: versions.map(({ id }) => id),
    services: await marked(featureServices),
    entities: await marked(entities),
    sources: await marked(sources),
  }
}

const idsOf = (assets: Asset[]) => assets.map(({ id }) => id)

async function deleteRows(tx: Transaction, { versions }: MarkedAssets): Promise<void> {
  const views = tx
    .select({ id: versionEnvironments.viewId })
    .from(versionEnvironments)
    .where(inArray(versionEnvironments.versionId, versions))
  await tx.delete(onlineRows).where(inArray(onlineRows.viewId, views))
  const own = tx.select({ id: commits.id }).from(commits).where(inArray(commits.versionId, versions))
  await tx.delete(commitFiles).where(inArray(commitFiles.commitId, own))
  await tx.delete(unfiledCommits).where(inArray(unfiledCommits.versionId, versions))
  await tx.delete(mergedFiles).where(inArray(mergedFiles.versionId, versions))
  await tx.delete(commits).where(inArray(commits.versionId, versions))
  await tx.delete(quarantinedRows).where(inArray(quarantinedRows.versionId, versions))
  await tx.delete(profiles).where(inArray(profiles.versionId, versions))
  const runs = inArray(sql`${jobs.input} ->> 'version_id'`, versions)
  await tx.delete(jobLog).where(inArray(jobLog.jobId, tx.select({ id: jobs.id }).from(jobs).where(runs)))
  await tx.delete(jobs).where(runs)
}

async function deleteDefinitions(tx: Transaction, marked: MarkedAssets): Promise<void> {
  const { groups, versions, services } = marked
  const serviceIds = idsOf(services)
  await tx.delete(usageMinutes).where(
    inArray(
      usageMinutes.groupName,
      groups.map(({ name }) => name),
    ),
  )
  await tx.delete(featureServiceVersions).where(inArray(featureServiceVersions.serviceId, serviceIds))
  await tx.delete(featureServices).where(inArray(featureServices.id, serviceIds))
  await tx.delete(features).where(inArray(features.versionId, versions))
  await tx.delete(versionEnvironments).where(inArray(versionEnvironments.versionId, versions))
  await tx.delete(groupVersions).where(inArray(groupVersions.id, versions))
  await tx.delete(featureGroups).where(inArray(featureGroups.id, idsOf(groups)))
  await tx.delete(entities).where(inArray(entities.id, idsOf(marked.entities)))
  await tx.delete(sources).where(inArray(sources.id, idsOf(marked.sources)))
  // A domain that people have begun to use stays; who is naming one now is waited for, and then seen.
  await tx.select({ id: domains.id }).from(domains).where(eq(domains.sample, true)).for('update')
  const used = sql`exists (select from ${featureGroups} where ${featureGroups.domain} = ${domains.name}) or exists (select from ${entities} where ${entities.domain} = ${domains.name})`
  await tx.delete(domains).where(and(eq(domains.sample, true), not(used)))
  await tx.delete(catalogDocuments).where(eq(catalogDocuments.sample, true))
}

/** Rows first, definitions after them: nothing is left that points to what is gone. */
export async function deleteMarked(tx: Transaction, marked: MarkedAssets): Promise<void> {
  await deleteRows(tx, marked)
  await deleteDefinitions(tx, marked)
}
