import { and, desc, eq } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { Change } from './diff'
import { isCompatible } from './diff'
import type { RevisionResource } from './history-resources'
import { isoInstant } from './instants'
import { describedGroup, namesOf, versionsOf } from './queries'
import type { RevisionRow } from './record-revision'
import { formatAddress } from './revision-address'
import { type Group, groupOf, recordedSide, type Side, toldBy } from './revision-sides'

/** Every recorded revision of a group, newest first, whoever asks. */
const recordedRevisions = (groupId: string, executor: Executor = db()): Promise<RevisionRow[]> =>
  executor
    .select()
    .from(versionRevisions)
    .where(and(eq(versionRevisions.groupId, groupId)))
    .orderBy(desc(versionRevisions.major), desc(versionRevisions.revision))

const classes = ['breaking', 'warning', 'info'] as const

/** Changes are stored as diffDefinitions and statedChanges made them. */
const storedChanges = ({ changes }: RevisionRow): Change[] => changes as Change[]

const instantOrNull = (instant: string | null) => (instant === null ? null : isoInstant(instant))

export function serializeRevision(row: RevisionRow, told: Change[], nameOf: (id: string) => string) {
  const count = (wanted: Change['class']) => told.filter((one) => one.class === wanted).length
  const counts = Object.fromEntries(classes.map((one) => [one, count(one)]))
  return {
    version: row.major,
    revision: row.revision,
    address: formatAddress(row),
    previous: row.previous,
    compatible: isCompatible(storedChanges(row)),
    changes: { breaking: 0, warning: 0, info: 0, ...counts },
    author: nameOf(row.authorId),
    authored_at: isoInstant(row.authoredAt),
    submitted_by: row.submittedBy === null ? null : nameOf(row.submittedBy),
    submitted_at: instantOrNull(row.submittedAt),
    approved_by: row.approvedBy === null ? null : nameOf(row.approvedBy),
    approved_at: instantOrNull(row.approvedAt),
    reason: row.reason,
    approval_reason: row.approvalReason,
    restored_from: row.restoredFrom,
    since: isoInstant(row.createdAt),
    recorded_later: row.backfilled,
  }
}

export const peopleOf = (rows: RevisionRow[]) =>
  namesOf(
    rows.flatMap(({ authorId, submittedBy, approvedBy }) =>
      [authorId, submittedBy, approvedBy].filter((id) => id !== null),
    ),
  )

/** Each recorded revision with its sides, newest first. */
export async function recordedSides(ctx: Context, group: Group): Promise<Side[]> {
  const versions = new Map((await versionsOf(group.row.group.id)).map((version) => [version.id, version]))
  const sides: Side[] = []
  for (const record of await recordedRevisions(group.row.group.id)) {
    const version = versions.get(record.versionId)
    if (version) sides.push(await recordedSide(ctx, group, version, record))
  }
  return sides
}

/** What a revision changed, as far as its reader may know. */
export function toldChanges(side: Side, sides: Side[]): Change[] {
  const { record } = side
  if (!record) return []
  const previous = sides.find((one) => one.record && formatAddress(one.record) === record.previous)
  const isTold = toldBy(side, ...(previous ? [previous] : []))
  return storedChanges(record).filter(({ field }) => isTold(field))
}

/**
 * The recorded revisions of a group (or of one version of it), newest first: who wrote, submitted and approved each,
 * when and why, and how many changes of which class the reader may know of. Errors: `not_found`.
 */
export async function revisionsOf(ctx: Context, name: string, major?: number): Promise<RevisionResource[]> {
  const sides = await recordedSides(ctx, groupOf(await describedGroup(ctx, name)))
  const wanted = major === undefined ? sides : sides.filter(({ version }) => version.major === major)
  const nameOf = await peopleOf(sides.flatMap(({ record }) => (record ? [record] : [])))
  return wanted.flatMap((side) =>
    side.record ? [serializeRevision(side.record, toldChanges(side, sides), nameOf)] : [],
  )
}
