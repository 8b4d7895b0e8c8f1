import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { toldOf } from '@/lib/notify'
import type { VersionRow } from '../definition'
import { instantMilliseconds, isoInstant } from '../instants'
import { namesOf } from '../queries'
import type { RecentReader } from '../recent-readers'
import { redactVersions } from '../redact'
import { etagOf } from '../serialize'
import { deprecationNotices, readersOf } from './downstream'
import { allGraces, isInForce } from './graces'
import type { DeprecationStateResource, GraceResource } from './resources'
import { authorizedEnding } from './rights'

type GraceRow = Awaited<ReturnType<typeof allGraces>>[number]

async function serializeGraces(ctx: Context, rows: GraceRow[]): Promise<GraceResource[]> {
  const nameOf = await namesOf(rows.flatMap((row) => [row.grantedBy, row.withdrawnBy ?? row.grantedBy]))
  return rows.map((row) => ({
    id: row.id,
    consumer: { kind: row.consumerKind, id: row.consumerId, name: row.consumerName },
    until: isoInstant(row.until),
    reason: row.reason,
    granted_by: nameOf(row.grantedBy),
    created_at: isoInstant(row.createdAt),
    in_force: isInForce(ctx, row),
    withdrawn_at: row.withdrawnAt && isoInstant(row.withdrawnAt),
    withdrawn_by: row.withdrawnBy && nameOf(row.withdrawnBy),
    withdraw_reason: row.withdrawReason,
  }))
}

/** Until when a reader reads past the sunset, the longest of its own and of those for all. */
function graceUntil(reader: RecentReader, inForce: GraceResource[]): string | null {
  const kind = reader.kind === 'key' ? 'key' : 'person'
  const own = inForce.filter(
    ({ consumer }) => consumer.kind === 'all' || (consumer.kind === kind && consumer.id === reader.id),
  )
  return (
    own
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? null
  )
}

/** When the version was deprecated. Errors: `conflict` when it is not. */
function requireDeprecated(name: string, { state, deprecatedAt }: VersionRow): string {
  if (deprecatedAt !== null && (state === 'deprecated' || state === 'archived'))
    return isoInstant(deprecatedAt)
  throw new DomainError('conflict', `${name} is ${state.replace('_', ' ')}, not deprecated.`)
}

/**
 * How a deprecation stands: its dates and graces, who was told and has acknowledged it, who reads on. For those who may
 * deprecate or approve the version. Errors: `forbidden`, `not_found`, `conflict` when it is not deprecated.
 */
export async function getDeprecation(
  ctx: Context,
  group: string,
  major: number,
): Promise<DeprecationStateResource> {
  const { row, version } = await authorizedEnding(ctx, group, major)
  const since = requireDeprecated(`${group}@${major}`, version)
  const ending = { row, version }
  const [[shown = version], graces, told, readers] = await Promise.all([
    redactVersions(ctx, [version]),
    allGraces(db(), version.id).then((rows) => serializeGraces(ctx, rows)),
    toldOf(db(), deprecationNotices(ending)),
    readersOf(db(), ctx, ending),
  ])
  // Reads are counted by the minute: one in the minute of the deprecation was before it, as far as can be known.
  const still = readers.filter((reader) => reader.last_read > since)
  const inForce = graces.filter((grace) => grace.in_force)
  return {
    group,
    version: major,
    state: version.state === 'archived' ? 'archived' : 'deprecated',
    reason: version.deprecationReason ?? '',
    replacement: shown.replacement,
    deprecated_at: since,
    sunset_at: version.sunsetAt && isoInstant(version.sunsetAt),
    is_past_sunset: version.sunsetAt !== null && instantMilliseconds(version.sunsetAt) <= ctx.now().getTime(),
    graces,
    told: told.map(({ personId, name, toldAt, acknowledgedAt }) => ({
      name,
      told_at: toldAt,
      acknowledged_at: acknowledgedAt,
      still_reads: still.some(({ owner }) => owner?.id === personId),
    })),
    readers: readers.map(({ features: _, owner, teams, ...reader }) => ({
      ...reader,
      owner: owner?.name ?? null,
      owner_teams: teams.map(({ name }) => name),
      still_reads: reader.last_read > since,
      grace_until: graceUntil({ ...reader, owner, teams, features: [] }, inForce),
    })),
    etag: etagOf(row.group.revision),
  }
}
