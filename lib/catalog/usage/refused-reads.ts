import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { groupFactsOf, isoInstant } from '@/lib/registry'
import type { UsageResource } from '../usage-operations'

const mostShown = 50

/** Reads of a group that were refused since an instant, by who asked; null for who looks after neither it nor the audit log. */
export async function refusedReads(
  ctx: Context,
  group: string,
  since: Date,
): Promise<UsageResource['refused']> {
  const mayAudit = decide(ctx, 'audit:read', systemResource).allowed
  if (!mayAudit && !decide(ctx, 'group:update', await groupFactsOf(ctx, group)).allowed) return null
  const rows = await db()
    .select({
      name: auditLog.actorName,
      owner: auditLog.onBehalfOf,
      times: sql<number>`count(*)::int`,
      last: sql<string>`max(${auditLog.time})::text`,
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.resourceKind, 'group'),
        eq(auditLog.resourceName, group),
        eq(auditLog.verdict, 'deny'),
        inArray(auditLog.action, ['group:read_online', 'group:read_offline']),
        eq(auditLog.environment, ctx.environment),
        gte(auditLog.time, since.toISOString()),
      ),
    )
    .groupBy(auditLog.actorName, auditLog.onBehalfOf)
    .orderBy(desc(sql`count(*)`), auditLog.actorName)
    .limit(mostShown)
  return rows.map(({ last, ...one }) => ({ ...one, last: isoInstant(last) }))
}
