import { and, eq, isNull } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { commits } from '@/db/schema'
import { authorize, record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { onlineWatermark } from '@/lib/online'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import { finishOnline } from '../outbox'
import { waitingCommits } from '../revert/online-history'
import { firstChunk, materializeChunk, touchesSpan } from './materialize-chunk'
import { type MaterializationInput, requireOnline } from './request-materialization'

interface Run {
  ctx: Context
  input: MaterializationInput
  progress: (done: number, total: number | null, message: string) => Promise<void>
  log: (line: string) => Promise<void>
}

/** The watermark moves with each chunk, and a run that was broken off goes on from there. */
const rowsAChunk = 500_000

/** The online half of a large revert goes first: it would not know of what came online beside it. */
async function finishReverts(version: ServingVersion): Promise<void> {
  const pending = and(
    eq(commits.versionId, version.versionId),
    eq(commits.environment, version.environment),
    eq(commits.kind, 'revert'),
    eq(commits.onlineState, 'pending'),
    isNull(commits.revertedBy),
  )
  if ((await db().$count(commits, pending)) === 0) return
  await finishOnline()
  if ((await db().$count(commits, pending)) === 0) return
  throw new DomainError('unavailable', 'A revert of many rows is still on its way to the online store.', {
    retryAfterSeconds: 5,
  })
}

async function recordEnd(
  ctx: Context,
  version: ServingVersion,
  decision: Decision,
  after: Record<string, unknown>,
): Promise<void> {
  await withTransaction((tx) =>
    record(tx, ctx, {
      action: 'group:write_online',
      resource: version.resource,
      decision,
      environment: version.environment,
      after: { version: version.major, ...after },
    }),
  )
}

const amount = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Brings every waiting row of a version (or those of a span of event time) online; the job's handler. */
export async function runMaterialization({
  ctx,
  input,
  progress,
  log,
}: Run): Promise<Record<string, unknown>> {
  const { group, version: major, environment, from, to } = input
  const version = await resolveVersion(ctx, { group, version: major }, environment)
  const decision = await authorize(ctx, 'group:write_online', version.resource)
  requireOnline(ctx, version)
  const seen = new Set<string>()
  let rows = 0
  for (;;) {
    ctx.signal.throwIfAborted()
    await finishReverts(version)
    const left = (await waitingCommits(db(), version)).filter(
      (commit) => !seen.has(commit.id) && touchesSpan(commit, from, to),
    )
    const chunk = firstChunk(left, rowsAChunk)
    if (chunk.length === 0) break
    const total = rows + left.reduce((sum, commit) => sum + commit.rows, 0)
    const own = chunk.reduce((sum, commit) => sum + commit.rows, 0)
    const say = (keys: number) =>
      progress(rows + Math.min(keys, own), total, `${amount(left.length, 'commit')} left`)
    await say(0)
    const work = { ctx, version, commits: chunk, from, to }
    if (!(await materializeChunk(work, say))) continue
    for (const { id } of chunk) seen.add(id)
    rows += own
    await log(`${amount(chunk.length, 'commit')} with ${amount(own, 'row')} online.`)
  }
  await progress(rows, rows, 'Done')
  const watermark = await onlineWatermark(db(), version.versionId, version.environment)
  const result = { commits: seen.size, rows, online_watermark: watermark }
  await recordEnd(ctx, version, decision, { materialized: result, from, to })
  return result
}
