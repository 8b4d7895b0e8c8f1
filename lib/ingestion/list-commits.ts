import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseEventTime } from '@/lib/core/feature-type'
import { onlineWatermark } from '@/lib/online'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import { toCommitResource } from './commit-resource'
import type { CommitResource, ListCommitsQuery, OnlineStateResource } from './operations'
import { decodeCursor, encodeCursor, type Page } from './page'
import { linkedCommits } from './revert/find-commit'

export interface CommitPage extends Page<CommitResource> {
  online: OnlineStateResource & { waiting: number }
}

/** What one version's commits add up to online: done once nothing is pending and nothing waits. */
async function onlineState(version: ServingVersion): Promise<CommitPage['online']> {
  const waits = eq(commits.onlineState, 'offline_only')
  const [row] = await db()
    .select({
      pending: sql<boolean>`coalesce(bool_or(${commits.onlineState} = 'pending'), false)`,
      waiting: sql<number>`(count(*) filter (where ${waits}))::int`,
    })
    .from(commits)
    .where(
      and(
        eq(commits.versionId, version.versionId),
        eq(commits.environment, version.environment),
        isNull(commits.revertedBy),
      ),
    )
  const waiting = version.online ? (row?.waiting ?? 0) : 0
  const held = waiting > 0 ? 'offline_only' : 'done'
  const state = !version.online ? 'not_online' : row?.pending ? 'pending' : held
  return { state, watermark: await onlineWatermark(db(), version.versionId, version.environment), waiting }
}

function filtersOf(version: ServingVersion, { kind, state, by }: Partial<ListCommitsQuery>) {
  return and(
    eq(commits.versionId, version.versionId),
    eq(commits.environment, version.environment),
    kind ? eq(commits.kind, kind) : undefined,
    state === 'reverted' ? isNotNull(commits.revertedBy) : undefined,
    state === 'in_force' ? isNull(commits.revertedBy) : undefined,
    by === undefined ? undefined : eq(commits.actorName, by),
  )
}

/** The commits of a version in the context's environment, newest first. Errors: not_found, forbidden, invalid. */
export async function listCommits(
  ctx: Context,
  input: { group: string } & ListCommitsQuery,
): Promise<CommitPage> {
  const version = await resolveVersion(ctx, { group: input.group, version: input.version })
  await authorize(ctx, 'group:read_statistics', version.resource)
  const own = filtersOf(version, input)
  const after = decodeCursor(input.cursor, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  if (after && parseEventTime(after) === null)
    throw invalidField('/cursor', 'This cursor was not given by this list.')
  const rows = await linkedCommits(db(), and(own, after ? lt(commits.created, after) : undefined))
    .orderBy(desc(commits.created))
    .limit(input.limit + 1)
  const data = rows.slice(0, input.limit).map((row) => toCommitResource(version, row))
  const last = data.at(-1)
  const next = rows.length > input.limit && last ? encodeCursor(last.created) : null
  const total = await db().$count(commits, own)
  return { data, meta: { next_cursor: next, total }, online: await onlineState(version) }
}
