import { and, eq, inArray, isNotNull, isNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { catalogDocuments, follows, notificationMutes, notifications, people, teamMembers } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { alwaysTold, type NoticeAssetKind, type NoticeKind } from './kinds'

/** An asset by the name that the catalogue gives it: a feature is `group:feature`. */
export interface NoticeAsset {
  kind: NoticeAssetKind
  name: string
}

/** Something that people are told. */
export interface Notice {
  kind: NoticeKind
  to: {
    /** Ids. */
    people?: readonly string[]
    /** Ids: their members. */
    teams?: readonly string[]
    /** Who follows the asset or a feature of it, and the members of its owner team who have not said no. */
    followers?: boolean
    /** Everybody who can sign in: for what is said to the whole portal. */
    everybody?: boolean
  }
  asset: NoticeAsset
  title: string
  body?: string
  /** A path in the portal. */
  href: string
  /** It stays in the inbox until it is acknowledged, and reaches those too who turned its kind off. */
  needsAcknowledgement?: boolean
  /** A person gets one notice of this name, whenever it is sent again. */
  once?: string
}

/** The asset itself, and for a group the features that somebody follows one by one. */
const about = ({ kind, name }: NoticeAsset): SQL | undefined =>
  or(
    and(eq(follows.assetKind, kind), eq(follows.assetName, name)),
    kind === 'group'
      ? and(eq(follows.assetKind, 'feature'), sql`starts_with(${follows.assetName}, ${`${name}:`})`)
      : undefined,
  )

/** Followers by their own act, and the owner team's members, for whom a muted row is a no. */
const followersOf = (asset: NoticeAsset): SQL => sql`(
  ${people.id} in (select ${follows.personId} from ${follows} where ${about(asset)} and not ${follows.muted})
  or (${people.id} in (
      select ${teamMembers.principalId} from ${teamMembers}
      join ${catalogDocuments} on ${catalogDocuments.teamId} = ${teamMembers.teamId}
      where ${catalogDocuments.kind} = ${asset.kind} and ${catalogDocuments.name} = ${asset.name})
    and not exists (select 1 from ${follows} where ${follows.personId} = ${people.id}
      and ${follows.assetKind} = ${asset.kind} and ${follows.assetName} = ${asset.name} and ${follows.muted})))`

function addressed({ to, asset }: Notice): SQL | undefined {
  if (to.everybody) return sql`true`
  const chosen = [
    to.people && to.people.length > 0 ? inArray(people.id, [...to.people]) : undefined,
    to.teams && to.teams.length > 0
      ? sql`${people.id} in (select ${teamMembers.principalId} from ${teamMembers} where ${inArray(teamMembers.teamId, [...to.teams])})`
      : undefined,
    to.followers ? followersOf(asset) : undefined,
  ]
  return or(...chosen) ?? sql`false`
}

const mayTurnOff = ({ kind, needsAcknowledgement }: Notice) =>
  !needsAcknowledgement && !alwaysTold.includes(kind)

async function recipientsOf(tx: Executor, ctx: Context, notice: Notice): Promise<string[]> {
  const muted = tx
    .select({ one: sql`1` })
    .from(notificationMutes)
    .where(and(eq(notificationMutes.personId, people.id), eq(notificationMutes.kind, notice.kind)))
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        isNull(people.disabledAt),
        ne(people.id, ctx.actor.id),
        addressed(notice),
        mayTurnOff(notice) ? notExists(muted) : undefined,
      ),
    )
    .orderBy(people.id)
  return rows.map(({ id }) => id)
}

const rowsInStatement = 1000

/**
 * Leaves a notice in the inbox of everybody it is for, in the act's transaction. Never to who acts. Kinds that a
 * person turned off are left out, but for those that need an acknowledgement. Whether a person may still know of the
 * asset is asked when the inbox is read. Returns how many people it was left for.
 */
export async function notify(tx: Executor, ctx: Context, notice: Notice): Promise<number> {
  const recipients = await recipientsOf(tx, ctx, notice)
  const at = ctx.now()
  let told = 0
  for (let start = 0; start < recipients.length; start += rowsInStatement) {
    const rows = await tx
      .insert(notifications)
      .values(
        recipients.slice(start, start + rowsInStatement).map((personId) => ({
          id: newId(at.getTime()),
          personId,
          kind: notice.kind,
          assetKind: notice.asset.kind,
          assetName: notice.asset.name,
          title: notice.title,
          body: notice.body ?? '',
          href: notice.href,
          actorId: ctx.actor.id,
          actorName: ctx.actor.name,
          needsAcknowledgement: notice.needsAcknowledgement ?? false,
          once: notice.once ?? null,
          createdAt: at.toISOString(),
        })),
      )
      .onConflictDoNothing({
        target: [notifications.personId, notifications.once],
        where: isNotNull(notifications.once),
      })
      .returning({ id: notifications.id })
    told += rows.length
  }
  return told
}
