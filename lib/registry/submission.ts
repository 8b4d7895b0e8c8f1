import { and, asc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { isoInstant } from './instants'

interface Submission {
  /** Id of the person or service account: as close to the version as its author. */
  by: string
  name: string
  /** RFC 3339. */
  at: string
}

const submitted = z.object({ by: z.string() })

/** Who submitted the versions last, by `group@n`. A version that nobody submitted is absent. */
export async function submissionsOf(versions: readonly string[]): Promise<Map<string, Submission>> {
  if (versions.length === 0) return new Map()
  const rows = await db()
    .select({
      version: auditLog.resourceName,
      name: auditLog.actorName,
      time: auditLog.time,
      after: auditLog.after,
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.resourceKind, 'group'),
        inArray(auditLog.resourceName, [...versions]),
        eq(auditLog.action, 'version:submit'),
        eq(auditLog.verdict, 'allow'),
      ),
    )
    .orderBy(asc(auditLog.time))
  return new Map(
    rows.flatMap(({ version, name, time, after }) => {
      const by = submitted.safeParse(after).data?.by
      return by === undefined ? [] : [[version, { by, name, at: isoInstant(time) }]]
    }),
  )
}
