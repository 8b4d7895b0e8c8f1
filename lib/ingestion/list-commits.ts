import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseEventTime } from '@/lib/core/feature-type'
import { isoOfDatabaseTime, onlineWatermark } from '@/lib/online'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import type { CommitResource, IngestAnswer, PageQuery } from './operations'
import { decodeCursor, encodeCursor, type Page } from './page'

const iso = (text: string | null) => (text === null ? null : isoOfDatabaseTime(text))

const toResource = (version: ServingVersion, row: typeof commits.$inferSelect): CommitResource => ({
  id: row.id,
  group: version.groupName,
  version: version.major,
  environment: row.environment,
  kind: row.kind,
  created: isoOfDatabaseTime(row.created),
  rows: row.rows,
  tombstones: row.tombstones,
  quarantined: row.quarantined,
  superseded: row.onlineState === 'pending' ? null : row.superseded,
  min_event_time: iso(row.minEventTime),
  max_event_time: iso(row.maxEventTime),
  online: row.onlineState,
  by: { kind: row.actorKind, name: row.actorName },
  via: row.via,
})

/** What one version's commits add up to online: done once nothing is pending. */
async function onlineState(version: ServingVersion): Promise<IngestAnswer['online']> {
  const [row] = await db()
    .select({ pending: sql<boolean>`coalesce(bool_or(${commits.onlineState} = 'pending'), false)` })
    .from(commits)
    .where(and(eq(commits.versionId, version.versionId), eq(commits.environment, version.environment)))
  const state = !version.online ? 'not_online' : row?.pending ? 'pending' : 'done'
  return { state, watermark: await onlineWatermark(db(), version.versionId, version.environment) }
}

/** The commits of a version in the context's environment, newest first. Errors: not_found, forbidden. */
export async function listCommits(
  ctx: Context,
  input: { group: string } & PageQuery,
): Promise<Page<CommitResource> & { online: IngestAnswer['online'] }> {
  const version = await resolveVersion(ctx, { group: input.group, version: input.version })
  await authorize(ctx, 'group:read_statistics', version.resource)
  const own = and(eq(commits.versionId, version.versionId), eq(commits.environment, version.environment))
  const after = decodeCursor(input.cursor, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  if (after && parseEventTime(after) === null)
    throw invalidField('/cursor', 'This cursor was not given by this list.')
  const rows = await db()
    .select()
    .from(commits)
    .where(and(own, after ? lt(commits.created, after) : undefined))
    .orderBy(desc(commits.created))
    .limit(input.limit + 1)
  const data = rows.slice(0, input.limit).map((row) => toResource(version, row))
  const last = data.at(-1)
  const next = rows.length > input.limit && last ? encodeCursor(last.created) : null
  const total = await db().$count(commits, own)
  return { data, meta: { next_cursor: next, total }, online: await onlineState(version) }
}
