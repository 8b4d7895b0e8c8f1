import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import {
  edges,
  entities,
  featureGroups as groups,
  featureGroupVersions as groupVersions,
  trainingDatasets,
  trainingDatasetVersions,
  versionEnvironments,
} from '@/db/schema'

/** What stands nowhere of itself, but wherever something is made of it. */
export type SharedKind = 'entity' | 'source' | 'domain'

function fedBy(executor: Executor, name: string): SQL {
  const fed = executor
    .select({ name: edges.toName })
    .from(edges)
    .where(
      and(
        eq(edges.fromKind, 'source'),
        eq(edges.fromName, name),
        eq(edges.toKind, 'group'),
        isNull(edges.validTo),
      ),
    )
  return inArray(groups.name, fed)
}

/** Which versions are made of it. */
function madeOf(executor: Executor, kind: SharedKind, name: string): SQL | undefined {
  if (kind === 'entity') {
    const named = executor.select({ id: entities.id }).from(entities).where(eq(entities.name, name))
    return inArray(groups.entityId, named)
  }
  if (kind === 'domain') {
    const ofDomain = executor.select({ id: entities.id }).from(entities).where(eq(entities.domain, name))
    return or(eq(groups.domain, name), inArray(groups.entityId, ofDomain))
  }
  const { source } = groupVersions
  return or(sql`${source} ->> 'name' = ${name} and ${source} ->> 'kind' <> 'group'`, fedBy(executor, name))
}

/** Environments in which a version stands that is made of it. */
export async function placesOfShared(
  kind: SharedKind,
  name: string,
  executor: Executor = db(),
): Promise<string[]> {
  const rows = await executor
    .selectDistinct({ environment: versionEnvironments.environment })
    .from(versionEnvironments)
    .innerJoin(groupVersions, eq(groupVersions.id, versionEnvironments.versionId))
    .innerJoin(groups, eq(groups.id, groupVersions.groupId))
    .where(madeOf(executor, kind, name))
    .orderBy(versionEnvironments.environment)
  return rows.map(({ environment }) => environment)
}

/** Environments that a version of the dataset was built in. */
export async function placesOfDataset(name: string, executor: Executor = db()): Promise<string[]> {
  const rows = await executor
    .selectDistinct({ environment: trainingDatasetVersions.environment })
    .from(trainingDatasetVersions)
    .innerJoin(trainingDatasets, eq(trainingDatasets.id, trainingDatasetVersions.datasetId))
    .where(eq(trainingDatasets.name, name))
    .orderBy(trainingDatasetVersions.environment)
  return rows.map(({ environment }) => environment)
}
