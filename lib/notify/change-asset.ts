import { eq, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  featureServices,
  featureServiceVersions,
  featureGroupVersions as groupVersions,
  versionEnvironments,
} from '@/db/schema'
import { authorize } from '@/lib/audit'
import { type Decision, decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { assetResource, changing, type KnownAsset } from './assets'
import { placesOfDataset, placesOfShared } from './places'

/** Versions of a group, a feature's too, or those that any version of a service selects from. */
const versionsOf = ({ kind, name, groupId }: KnownAsset): SQL =>
  kind === 'service'
    ? sql`exists (select from ${featureServices} s join ${featureServiceVersions} v on v.service_id = s.id
        cross join jsonb_to_recordset(v.features) as f("groupId" text, version int)
        where s.name = ${name} and f."groupId" = ${groupVersions.groupId} and f.version = ${groupVersions.major})`
    : eq(groupVersions.groupId, groupId ?? '')

async function environmentsOf(asset: KnownAsset): Promise<string[]> {
  const { kind, name } = asset
  if (kind === 'entity' || kind === 'source') return placesOfShared(kind, name)
  if (kind === 'dataset') return placesOfDataset(name)
  const rows = await db()
    .selectDistinct({ environment: versionEnvironments.environment })
    .from(versionEnvironments)
    .innerJoin(groupVersions, eq(groupVersions.id, versionEnvironments.versionId))
    .where(versionsOf(asset))
    .orderBy(versionEnvironments.environment)
  return rows.map(({ environment }) => environment)
}

/** Where an asset stands; what stands nowhere is where the caller says. */
async function placesOf(ctx: Context, asset: KnownAsset): Promise<Context[]> {
  const environments = await environmentsOf(asset)
  return environments.length === 0 ? [ctx] : environments.map((environment) => ({ ...ctx, environment }))
}

const firstOf = (decisions: readonly Decision[]): Decision => {
  const [first] = decisions
  if (!first) throw new Error('An asset is always somewhere.')
  return first
}

/**
 * Allows a change of what is said of an asset wherever the asset stands: its readers there are told it.
 * Errors: `forbidden`, `not_found`, as authorize.
 */
export async function authorizeChange(ctx: Context, asset: KnownAsset): Promise<Decision> {
  const decisions: Decision[] = []
  for (const place of await placesOf(ctx, asset))
    decisions.push(await authorize(place, changing[asset.kind], assetResource(asset)))
  return firstOf(decisions)
}

/** What authorizeChange would answer. */
export async function mayChange(ctx: Context, asset: KnownAsset): Promise<Decision> {
  const decisions = (await placesOf(ctx, asset)).map((place) =>
    decide(place, changing[asset.kind], assetResource(asset)),
  )
  return decisions.find(({ allowed }) => !allowed) ?? firstOf(decisions)
}
