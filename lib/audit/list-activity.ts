import { and, count, desc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import type { ResourceKind } from '@/lib/authz'
import { canonicalInstant } from './hash'
import type { ActivityRow } from './operations'

/** Who read and said what, and who was refused, is told by the audit log alone. */
const reads = [
  // Comments: whoever may know of an asset may speak of it.
  'catalog:describe',
  'group:read_online',
  'group:read_offline',
  'group:read_statistics',
  'dataset:read',
  'audit:read',
]

const memberOf = (member: 'kind' | 'name') =>
  sql`coalesce(${auditLog.after} -> 'asset' ->> ${member}, ${auditLog.before} -> 'asset' ->> ${member})`

/** What was done to a feature of a group stands under the group, and says what its readers may know who know of it. */
const ofKnown = (features: readonly string[] | undefined) =>
  features === undefined
    ? undefined
    : sql`(${memberOf('kind')} is distinct from 'feature' or ${memberOf('name')} = any(${sql.param([...features])}::text[]))`

/**
 * The changes of one asset under all the names it goes by (a group, and `group@n` for acts on a version), newest
 * first, without the evidence that the audit log keeps of each. The caller has checked that its reader may know of it,
 * and of a group which of its features (`group:feature`): of the others nothing is told.
 */
export async function listActivity(
  asset: { kind: ResourceKind; names: string[]; features?: readonly string[] },
  page: { limit: number; offset: number },
): Promise<{ rows: ActivityRow[]; total: number }> {
  const where = and(
    eq(auditLog.resourceKind, asset.kind),
    inArray(auditLog.resourceName, asset.names),
    eq(auditLog.verdict, 'allow'),
    notInArray(auditLog.action, reads),
    ofKnown(asset.features),
  )
  const [rows, counted] = await Promise.all([
    db()
      .select()
      .from(auditLog)
      .where(where)
      .orderBy(desc(auditLog.time), desc(auditLog.id))
      .limit(page.limit)
      .offset(page.offset),
    db().select({ total: count() }).from(auditLog).where(where),
  ])
  return {
    rows: rows.map((row) => ({
      id: row.id,
      time: canonicalInstant(row.time),
      actor: { kind: row.actorKind, name: row.actorName },
      on_behalf_of: row.onBehalfOf,
      via: row.via,
      action: row.action,
      resource: { kind: row.resourceKind, name: row.resourceName },
      environment: row.environment,
      reason: row.reason,
    })),
    total: counted[0]?.total ?? 0,
  }
}
