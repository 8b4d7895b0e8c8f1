import { and, eq, gt, lte } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { featureGroups, featureGroupVersions as versions } from '@/db/schema'
import { record } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { versionName } from '../act-on-version'
import { instantMilliseconds } from '../instants'
import { findGroup, groupFacts } from '../queries'
import { remind } from './remind-readers'

const dayMs = 86_400_000

/** The step that has come: the fewest days that are still enough; null before the first. */
function stepOf(remainingMs: number, daysBefore: readonly number[]): number | null {
  const come = daysBefore.filter((days) => remainingMs <= days * dayMs)
  return come.length === 0 ? null : Math.min(...come)
}

/**
 * Reminds, once a step, those who have not acknowledged a deprecation or read on, when its sunset is so many days away
 * or nearer. For the installation itself. Returns how many reminders were left.
 */
export async function remindOfSunsets(ctx: Context, daysBefore: readonly number[]): Promise<number> {
  if (daysBefore.length === 0) return 0
  const now = ctx.now()
  const horizon = new Date(now.getTime() + Math.max(...daysBefore) * dayMs).toISOString()
  const due = await db()
    .select({ version: versions, group: featureGroups.name })
    .from(versions)
    .innerJoin(featureGroups, eq(featureGroups.id, versions.groupId))
    .where(
      and(
        eq(versions.state, 'deprecated'),
        gt(versions.sunsetAt, now.toISOString()),
        lte(versions.sunsetAt, horizon),
      ),
    )
  let left = 0
  for (const { version, group } of due) {
    const { sunsetAt } = version
    const row = await findGroup(group)
    const step = sunsetAt === null ? null : stepOf(instantMilliseconds(sunsetAt) - now.getTime(), daysBefore)
    if (!row || step === null) continue
    left += await withTransaction(async (tx) => {
      const told = await remind(tx, ctx, { row, version }, `${sunsetAt}:${step}`)
      if (told > 0)
        await record(tx, ctx, {
          action: 'version:deprecate',
          resource: { kind: 'group', name: versionName(row, version) },
          decision: decide(ctx, 'version:deprecate', { ...groupFacts(row), authorId: version.createdBy }),
          reason: `Reminded of the sunset, ${step} days before at most.`,
          after: { told },
          environment: null,
        })
      return told
    })
  }
  return left
}
