import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { notifications } from '@/db/schema'
import type { NotificationResource } from './operations'

/** A column of instants as RFC 3339 in UTC with six digits. */
export const instantText = (column: SQLWrapper): SQL<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
const instantOrNull = (column: SQLWrapper): SQL<string | null> => instantText(column)

/** What is snoozed and when it comes back is told by the clock, not by a job. */
export const columnsAt = (now: Date) => ({
  id: notifications.id,
  kind: sql<NotificationResource['kind']>`${notifications.kind}`,
  assetKind: sql<NotificationResource['asset']['kind']>`${notifications.assetKind}`,
  assetName: notifications.assetName,
  title: notifications.title,
  body: notifications.body,
  href: notifications.href,
  actor: notifications.actorName,
  assigned_by: notifications.assignedBy,
  state: sql<NotificationResource['state']>`case when ${notifications.doneAt} is not null then 'done'
    when ${notifications.snoozedUntil} > ${now.toISOString()}::timestamptz then 'snoozed' else 'open' end`,
  needs_acknowledgement: notifications.needsAcknowledgement,
  acknowledged_at: instantOrNull(notifications.acknowledgedAt),
  read_at: instantOrNull(notifications.readAt),
  snoozed_until: instantOrNull(notifications.snoozedUntil),
  done_at: instantOrNull(notifications.doneAt),
  created_at: instantText(notifications.createdAt),
})

type Row = Omit<NotificationResource, 'asset'> & {
  assetKind: NotificationResource['asset']['kind']
  assetName: string
}

export const serialize = ({ assetKind, assetName, ...rest }: Row): NotificationResource => ({
  ...rest,
  asset: { kind: assetKind, name: assetName },
})
