import { and, desc, eq, gte, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { auditLog, catalogDocuments, changesOfAssets } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant } from '@/lib/registry'
import { type AssetKind, assetKindSchema } from './operations'

/** One act that changed the definition of an asset which is still there. */
export interface RecentChange {
  id: string
  /** RFC 3339, UTC. */
  time: string
  /** Who acted; of a key also whom it acted for. */
  actor: string
  onBehalfOf: string | null
  action: string
  asset: { kind: AssetKind; name: string }
  /** Of an act on one version: which, and what became of it. */
  version: number | null
  revision: number | null
  state: string | null
  /** And what it was before. */
  was: string | null
  environment: string | null
  /** The number of the contract that was proposed or withdrawn. */
  contract: number | null
}

const shownDays = 30

const kindColumn = z.string().pipe(assetKindSchema)

// The asset of a version's row is `group@version`.
const assetName = sql<string>`split_part(${auditLog.resourceName}, '@', 1)`
const memberOf = (member: string) => sql<string | null>`${auditLog.after} ->> ${member}`
const isInteger = (text: string | null): text is string => text !== null && /^\d{1,9}$/.test(text)
const integer = (text: string | null) => (isInteger(text) ? Number(text) : null)

/**
 * What was changed in the last 30 days about assets that the caller may know of, newest first: acts that were
 * allowed, without the evidence that the audit log keeps of each. Errors: `forbidden`.
 */
export async function listRecentChanges(ctx: Context, { limit }: { limit: number }): Promise<RecentChange[]> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const since = new Date(ctx.now().getTime() - shownDays * 86_400_000)
  const isAsset = and(
    eq(sql`${catalogDocuments.kind}`, auditLog.resourceKind),
    eq(catalogDocuments.name, assetName),
  )
  const rows = await db()
    .select({
      id: auditLog.id,
      time: auditLog.time,
      actor: auditLog.actorName,
      onBehalfOf: auditLog.onBehalfOf,
      action: auditLog.action,
      kind: auditLog.resourceKind,
      name: assetName,
      version: memberOf('version'),
      revision: memberOf('revision'),
      state: memberOf('state'),
      was: sql<string | null>`${auditLog.before} ->> 'state'`,
      environment: auditLog.environment,
      // What a party asked for is answered in a row of its own kind.
      contract: sql<
        string | null
      >`case when not ${auditLog.after} ? 'expectation' then ${memberOf('contract')} end`,
    })
    .from(auditLog)
    .innerJoin(catalogDocuments, isAsset)
    .where(
      and(
        gte(auditLog.time, since.toISOString()),
        changesOfAssets,
        // What is said about an asset changes nothing of it.
        ne(auditLog.action, 'catalog:describe'),
        visible(ctx, {
          teamId: catalogDocuments.teamId,
          classification: catalogDocuments.classification,
          groupId: catalogDocuments.groupId,
        }),
      ),
    )
    .orderBy(desc(auditLog.time), desc(auditLog.id))
    .limit(limit)
  return rows.map(({ kind, name, time, version, revision, contract, ...row }) => ({
    ...row,
    time: isoInstant(time),
    asset: { kind: kindColumn.parse(kind), name },
    version: integer(version),
    revision: integer(revision),
    contract: integer(contract),
  }))
}
