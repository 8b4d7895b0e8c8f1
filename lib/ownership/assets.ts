import { and, eq, inArray, ne } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { catalogDocuments, domains } from '@/db/schema'
import { type Action, type ResourceFacts, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { changeDatasetOwner, datasetFactsOf } from '@/lib/datasets'
import { changeOwner, ownedFacts } from '@/lib/registry'
import type { OwnedAsset } from './operations'

/** Facts of an asset that the caller may know of. Errors: `not_found`, the same for a hidden one. */
export const factsOfAsset = (ctx: Context, { kind, name }: OwnedAsset): Promise<ResourceFacts> =>
  kind === 'dataset' ? datasetFactsOf(ctx, name) : ownedFacts(ctx, kind, name)

/** Who may give an asset away is who may change it. */
export const changingAct: Record<OwnedAsset['kind'], Action> = {
  group: 'group:update',
  entity: 'group:update',
  source: 'group:update',
  domain: 'group:update',
  service: 'service:update',
  dataset: 'dataset:create',
}

/** Moves one asset; false when it is the first team's no more. */
export const moveAsset = (
  tx: Transaction,
  ctx: Context,
  { kind, name }: OwnedAsset,
  teams: { fromTeamId: string; toTeamId: string },
): Promise<boolean> =>
  kind === 'dataset' ? changeDatasetOwner(tx, ctx, name, teams) : changeOwner(tx, ctx, { kind, name }, teams)

/** By kind and name: in this order locks are taken. */
export const inOrder = (assets: readonly OwnedAsset[]): OwnedAsset[] =>
  [...assets].sort((a, b) => a.kind.localeCompare(b.kind) || (a.name < b.name ? -1 : 1))

/** All that a team owns, whoever asks. */
export async function assetsOfTeam(teamId: string, executor: Executor = db()): Promise<OwnedAsset[]> {
  const documents = await executor
    .select({ kind: catalogDocuments.kind, name: catalogDocuments.name })
    .from(catalogDocuments)
    .where(and(eq(catalogDocuments.teamId, teamId), ne(catalogDocuments.kind, 'feature')))
  const own = await executor
    .select({ name: domains.name })
    .from(domains)
    .where(eq(domains.ownerTeamId, teamId))
  return inOrder([
    ...documents.flatMap(({ kind, name }) => (kind === 'feature' ? [] : [{ kind, name }])),
    ...own.map(({ name }) => ({ kind: 'domain' as const, name })),
  ])
}

/** Which of the assets the caller may know of, in one statement. */
export async function knownOf(
  ctx: Context,
  assets: readonly OwnedAsset[],
): Promise<(asset: OwnedAsset) => boolean> {
  const names = [...new Set(assets.map(({ name }) => name))]
  if (names.length === 0) return () => false
  const rows = await db()
    .select({ kind: catalogDocuments.kind, name: catalogDocuments.name })
    .from(catalogDocuments)
    .where(
      and(
        inArray(catalogDocuments.name, names),
        visible(ctx, {
          teamId: catalogDocuments.teamId,
          classification: catalogDocuments.classification,
          groupId: catalogDocuments.groupId,
        }),
      ),
    )
  const known = new Set(rows.map(({ kind, name }) => `${kind}:${name}`))
  return ({ kind, name }) => kind === 'domain' || known.has(`${kind}:${name}`)
}

/** Whether the caller may know of every one of them. */
export async function knowsAll(ctx: Context, assets: readonly OwnedAsset[]): Promise<boolean> {
  const known = await knownOf(ctx, assets)
  return assets.every(known)
}
