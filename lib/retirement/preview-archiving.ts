import { db } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { archiveRefusalOf } from '@/lib/registry'
import { readSetting } from '@/lib/settings'
import { flushUsage } from '@/lib/usage'
import { archiveCandidates, type CandidateRow } from './archive-candidates'
import type { ArchiveCandidateResource, ArchivePreviewResource } from './operations'
import { archivePolicy } from './settings'

interface Days {
  unread_days: number
  successor_days: number
}

const dayMs = 86_400_000
const iso = (milliseconds: number | null) =>
  milliseconds === null ? null : new Date(milliseconds).toISOString()
const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)

/** Why the days of the policy keep a version; null: they do not. Exactly so many days are enough. */
function keptByDays(row: CandidateRow, nowMs: number, days: Days): string | null {
  const { successor, successorMs, lastReadMs, sinceMs } = row
  if (successor === null || successorMs === null) return 'No successor is active.'
  if (nowMs - successorMs < days.successor_days * dayMs)
    return `${successor} is active since ${day(successorMs)} only.`
  const unreadSinceMs = lastReadMs ?? sinceMs
  if (nowMs - unreadSinceMs >= days.unread_days * dayMs) return null
  return lastReadMs === null
    ? `Active itself since ${day(sinceMs)} only.`
    : `It was read on ${day(lastReadMs)}.`
}

async function judge(
  ctx: Context,
  row: CandidateRow,
  days: Days,
): Promise<{ goes: boolean; because: string }> {
  const kept = keptByDays(row, ctx.now().getTime(), days)
  if (kept !== null) return { goes: false, because: kept }
  const refusal = await archiveRefusalOf(ctx, row.group, row.version)
  if (refusal) return { goes: false, because: refusal.because }
  const read = row.lastReadMs === null ? 'Never read' : `Not read since ${day(row.lastReadMs)}`
  return {
    goes: true,
    because: `${read}; ${row.successor} is active since ${day(row.successorMs ?? 0)}.`,
  }
}

const resourceOf = (row: CandidateRow, because: string): ArchiveCandidateResource => ({
  group: row.group,
  version: row.version,
  owner_team: row.team,
  state: row.state,
  last_read: iso(row.lastReadMs),
  successor: row.successor,
  successor_since: iso(row.successorMs),
  because,
})

/**
 * What the archive policy, with these days instead of those that are set, would archive now of what the caller may know
 * of, and why not the others. Errors: `forbidden`.
 */
export async function previewArchiving(
  ctx: Context,
  asked: Partial<Days> = {},
): Promise<ArchivePreviewResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { enabled, ...set } = await readSetting(db(), archivePolicy)
  const days = {
    unread_days: asked.unread_days ?? set.unread_days,
    successor_days: asked.successor_days ?? set.successor_days,
  }
  await flushUsage()
  const preview: ArchivePreviewResource = { enabled, ...days, would_archive: [], stays: [] }
  for (const row of await archiveCandidates(ctx)) {
    const { goes, because } = await judge(ctx, row, days)
    const list = goes ? preview.would_archive : preview.stays
    list.push(resourceOf(row, because))
  }
  return preview
}
