import { and, desc, eq, like, max, ne, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { edgesOf } from '@/lib/edges'
import { isoInstant } from '@/lib/registry'
import { describedDataset, findDataset } from './queries'
import type { DatasetReaders } from './resources'

const mostReaders = 50

async function isKnown(ctx: Context, name: string): Promise<boolean> {
  if (!(await findDataset(name))) return false
  return describedDataset(ctx, name).then(
    () => true,
    () => false,
  )
}

/** Who exported files of a dataset, newest first, and which datasets build on its rows. Errors: `not_found`. */
export async function datasetReaders(ctx: Context, name: string): Promise<DatasetReaders> {
  await describedDataset(ctx, name)
  const last = max(auditLog.time)
  const rows = await db()
    .select({
      name: auditLog.actorName,
      kind: auditLog.actorKind,
      exports: sql<number>`count(*)::int`,
      last: sql<string>`${last}`,
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.resourceKind, 'dataset'),
        eq(auditLog.action, 'dataset:read'),
        eq(auditLog.verdict, 'allow'),
        like(auditLog.resourceName, `${name.replaceAll('_', '\\_')}@%`),
        // A verification reads for nobody's use.
        or(sql`${auditLog.reason} is null`, ne(auditLog.reason, 'verify')),
      ),
    )
    .groupBy(auditLog.actorName, auditLog.actorKind)
    .orderBy(desc(last))
    .limit(mostReaders)
  const down = (await edgesOf({ kind: 'dataset', name }, 'down')).filter(({ toKind }) => toKind === 'dataset')
  const datasets: string[] = []
  for (const { toName } of down) if (await isKnown(ctx, toName)) datasets.push(toName)
  return { readers: rows.map((row) => ({ ...row, last: isoInstant(row.last) })), datasets }
}
