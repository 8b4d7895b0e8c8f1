import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { edges, featureGroups, featureServices, featureServiceVersions } from '@/db/schema'
import { authorize, record } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { type AssetName, closeEdgesOf } from '@/lib/edges'
import { sampleKeysFile } from './keys'
import { deleteMarked, type MarkedAssets, markedAssets } from './marked-assets'
import { withSampleLock } from './sample-lock'
import { readState, writeState } from './state'
import { datasetsOn, deleteDatasets, removeDatasetFiles } from './training-dataset'
import { removeUpstream } from './upstream'

const namesOf = (assets: { name: string }[]) => assets.map(({ name }) => name)

/** What people have built on the sample: groups on its entities, sources or groups, and services on its features. */
export async function usersOf(
  tx: Transaction,
  { groups, entities, sources }: MarkedAssets,
): Promise<string[]> {
  const own = namesOf(groups)
  const onEntities = await tx
    .select({ name: featureGroups.name })
    .from(featureGroups)
    .where(
      and(
        eq(featureGroups.sample, false),
        inArray(
          featureGroups.entityId,
          entities.map(({ id }) => id),
        ),
      ),
    )
  const fed = await tx
    .select({ name: edges.toName })
    .from(edges)
    .where(
      and(
        isNull(edges.validTo),
        eq(edges.relation, 'feeds'),
        eq(edges.toKind, 'group'),
        inArray(edges.fromName, [...own, ...namesOf(sources)]),
        notInArray(edges.toName, own),
      ),
    )
  const services = await tx
    .select({ name: featureServices.name, features: featureServiceVersions.features })
    .from(featureServices)
    .innerJoin(featureServiceVersions, eq(featureServiceVersions.serviceId, featureServices.id))
    .where(eq(featureServices.sample, false))
  const selecting = services.filter(({ features }) => features.some(({ group }) => own.includes(group)))
  return [
    ...new Set([
      ...namesOf([...onEntities, ...fed]).map((name) => `feature group ${name}`),
      ...namesOf(selecting).map((name) => `feature service ${name}`),
      ...(await datasetsOn(tx, own)),
    ]),
  ]
}

const assetsOf = (marked: MarkedAssets): AssetName[] => [
  ...namesOf(marked.groups).map((name) => ({ kind: 'group' as const, name })),
  ...namesOf(marked.services).map((name) => ({ kind: 'service' as const, name })),
  ...namesOf(marked.entities).map((name) => ({ kind: 'entity' as const, name })),
  ...namesOf(marked.sources).map((name) => ({ kind: 'source' as const, name })),
]

/** Returns the names of the datasets that went, whose files are still to go. */
async function removeMarked(tx: Transaction, ctx: Context, marked: MarkedAssets): Promise<string[]> {
  const users = await usersOf(tx, marked)
  if (users.length > 0) {
    throw new DomainError(
      'conflict',
      `The sample is in use (${users.join(', ')}) and stays whole. Remove those first.`,
      {
        extensions: { users },
      },
    )
  }
  for (const asset of assetsOf(marked)) {
    await closeEdgesOf(tx, asset, ctx.now())
    // As the registry announces its own changes: processes forget what they hold of the asset.
    await tx.execute(sql`select pg_notify('almanac_registry', ${JSON.stringify(asset)})`)
  }
  const datasets = await deleteDatasets(tx)
  for (const name of datasets) await closeEdgesOf(tx, { kind: 'dataset', name }, ctx.now())
  await deleteMarked(tx, marked)
  return datasets
}

/** Files of the groups: nothing reads them any more, since no commit names them. */
async function removeFiles({ groups }: MarkedAssets): Promise<void> {
  const { home } = env()
  await removeUpstream(home)
  await rm(sampleKeysFile(), { force: true })
  for (const { name } of groups)
    await rm(join(home, 'offline', 'prod', name), { recursive: true, force: true })
}

/**
 * Takes the sample away for good, in one transaction: groups with their rows, services, entities and sources. Teams,
 * people and the audit log stay. Cannot be undone, but \`sample load --again\` brings it back.
 * Errors: forbidden; conflict when somebody has built on it, naming what.
 */
export async function removeSample(ctx: Context): Promise<{ groups: number; services: number }> {
  const decision = await authorize(ctx, 'settings:manage', systemResource)
  return withSampleLock(async () => {
    const state = await readState()
    const marked = await withTransaction(async (tx) => {
      const found = await markedAssets(tx)
      const datasets = await removeMarked(tx, ctx, found)
      if (state) await writeState(tx, { ...state, state: 'removed' }, ctx.now())
      await record(tx, ctx, {
        action: 'settings:manage',
        resource: systemResource,
        decision,
        reason: 'sample removed',
        before: { groups: namesOf(found.groups), services: namesOf(found.services) },
        environment: null,
      })
      return { ...found, datasets }
    })
    await removeFiles(marked)
    await removeDatasetFiles(marked.datasets)
    return { groups: marked.groups.length, services: marked.services.length }
  })
}
