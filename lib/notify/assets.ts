import { and, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { catalogDocuments, notifications } from '@/db/schema'
import { type Action, classifications, type ResourceFacts, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'

/** Which lines of the catalogue the reader may know of. */
export const visibleDocument = (ctx: Context): SQL =>
  visible(ctx, {
    teamId: catalogDocuments.teamId,
    classification: catalogDocuments.classification,
    groupId: catalogDocuments.groupId,
  })

/** The notification's asset: a left join's condition. */
export const documentOfNotification = and(
  eq(catalogDocuments.kind, notifications.assetKind),
  eq(catalogDocuments.name, notifications.assetName),
)

/** Of a team or of the portal there is nothing to hide; an asset that is gone or hidden takes its notices along. */
export const readable = (ctx: Context): SQL | undefined =>
  or(
    inArray(notifications.assetKind, ['team', 'portal']),
    and(isNotNull(catalogDocuments.name), visibleDocument(ctx)),
  )

const kindLabels: Record<string, string> = {
  group: 'Feature group',
  feature: 'Feature',
  service: 'Feature service',
  dataset: 'Training dataset',
  entity: 'Entity',
  source: 'Data source',
}

/** An asset as the catalogue knows it. Errors: `not_found`, the same for a hidden one. */
export async function knownAsset(
  ctx: Context,
  { kind, name }: { kind: string; name: string },
  executor: Executor = db(),
) {
  const [row] = await executor
    .select({
      kind: catalogDocuments.kind,
      name: catalogDocuments.name,
      team: catalogDocuments.team,
      teamId: catalogDocuments.teamId,
      classification: catalogDocuments.classification,
      groupId: catalogDocuments.groupId,
      groupName: catalogDocuments.groupName,
    })
    .from(catalogDocuments)
    .where(
      and(sql`${catalogDocuments.kind} = ${kind}`, eq(catalogDocuments.name, name), visibleDocument(ctx)),
    )
  if (!row) throw notFound(`${kindLabels[kind] ?? 'Asset'} ${name}`)
  return row
}

export type KnownAsset = Awaited<ReturnType<typeof knownAsset>>

/** What who changes an asset does. */
export const changing: Record<KnownAsset['kind'], Action> = {
  group: 'group:update',
  feature: 'group:update',
  entity: 'group:update',
  source: 'group:update',
  service: 'service:update',
  dataset: 'dataset:create',
}

/** The asset as the policies see it; a feature stands under its group. */
export function assetResource(row: KnownAsset): ResourceFacts {
  const classification = classifications.find((one) => one === row.classification) ?? 'restricted'
  const { team, teamId } = row
  const shared = { team, teamId, classification, tags: [] }
  if (row.kind === 'group' || row.kind === 'feature')
    return { ...shared, kind: 'group', id: row.groupId ?? '', name: row.groupName ?? row.name }
  return { ...shared, kind: row.kind, id: row.name, name: row.name }
}
