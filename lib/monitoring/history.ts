import { and, desc, eq, gt, isNull, lte, ne, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import { parseEventTime } from '@/lib/core/feature-type'
import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'

type Place = Pick<ServingVersion, 'versionId' | 'environment'>

const ofVersion = ({ versionId, environment }: Place) =>
  and(eq(commits.versionId, versionId), eq(commits.environment, environment))

/** Microseconds since 1970 of an instant as the database writes it. */
function microsOfDatabaseTime(text: string): bigint {
  const micros = parseEventTime(isoOfDatabaseTime(text))
  if (micros === null) throw new Error(`Not an instant: ${text}`)
  return micros
}

/** `created` of the newest commit (reverts among them), RFC 3339: what is known of later ones is stale. Null before the first. */
export async function watermarkOf(version: Place): Promise<string | null> {
  const [row] = await db()
    .select({ created: sql<string | null>`max(${commits.created})` })
    .from(commits)
    .where(ofVersion(version))
  return row?.created ? isoOfDatabaseTime(row.created) : null
}

export interface TouchedSpan {
  /** RFC 3339; from then on the span's windows are other than before. */
  at: string
  fromMicros: bigint
  toMicros: bigint
}

/** Spans of event time that commits after `since` touched; a revert touches what it hides. */
export async function touchedSince(version: Place, since: string): Promise<TouchedSpan[]> {
  const reverts = db()
    .select({ id: commits.id, created: commits.created })
    .from(commits)
    .where(and(ofVersion(version), eq(commits.kind, 'revert')))
    .as('reverts')
  const at = sql<string>`coalesce(${reverts.created}, ${commits.created})`
  const rows = await db()
    .select({
      at,
      from: sql<string | null>`least(${commits.minEventTime}, ${commits.replacesAfter})`,
      to: sql<string | null>`greatest(${commits.maxEventTime}, ${commits.replacesUntil})`,
    })
    .from(commits)
    .leftJoin(reverts, eq(reverts.id, commits.revertedBy))
    .where(and(ofVersion(version), gt(at, since)))
    .orderBy(desc(at))
  return rows.flatMap(({ at: touched, from, to }) =>
    from === null || to === null
      ? []
      : [
          {
            at: isoOfDatabaseTime(touched),
            fromMicros: microsOfDatabaseTime(from),
            toMicros: microsOfDatabaseTime(to),
          },
        ],
  )
}

export interface Changes {
  /** `created` of the commits that brought rows since. */
  createds: bigint[]
  /** What was hidden or shown again cannot be added up. */
  hasRevert: boolean
}

/** What happened to a version after `since`, up to `until`. */
export async function changesBetween(version: Place, since: string, until: string): Promise<Changes> {
  const rows = await db()
    .select({ created: commits.created, kind: commits.kind, replaces: commits.replacesUntil })
    .from(commits)
    .where(and(ofVersion(version), gt(commits.created, since), lte(commits.created, until)))
  return {
    createds: rows
      .filter(({ kind }) => kind !== 'revert')
      .map(({ created }) => microsOfDatabaseTime(created)),
    hasRevert: rows.some(({ kind, replaces }) => kind === 'revert' || replaces !== null),
  }
}

export interface CommittedFacts {
  rows: number
  tombstones: number
  oldestEventTime: string | null
  newestEventTime: string | null
}

/** What the commits that count up to `until` say of their rows; tombstones are not among `rows`. */
export async function committedFacts(version: Place, until: string): Promise<CommittedFacts> {
  const [row] = await db()
    .select({
      rows: sql<string>`coalesce(sum(${commits.rows} - ${commits.tombstones}), 0)`,
      tombstones: sql<string>`coalesce(sum(${commits.tombstones}), 0)`,
      oldest: sql<string | null>`min(${commits.minEventTime})`,
      newest: sql<string | null>`max(${commits.maxEventTime})`,
    })
    .from(commits)
    .where(
      and(
        ofVersion(version),
        ne(commits.kind, 'revert'),
        isNull(commits.revertedBy),
        lte(commits.created, until),
      ),
    )
  return {
    rows: Number(row?.rows ?? 0),
    tombstones: Number(row?.tombstones ?? 0),
    oldestEventTime: row?.oldest ? isoOfDatabaseTime(row.oldest) : null,
    newestEventTime: row?.newest ? isoOfDatabaseTime(row.newest) : null,
  }
}
