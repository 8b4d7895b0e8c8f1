import type { WaitingLine } from '@/components/home/waiting'
import { kindWords } from '@/components/inbox/words'
import { plural } from '@/components/ui/format-number'
import { brokenGroupsOfTeams } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { listReviews } from '@/lib/governance'
import { listReviewsQuery } from '@/lib/governance/operations'
import { listJoinRequests } from '@/lib/identity'
import { listNotifications } from '@/lib/notify'
import { listNotificationsQuery, type NotificationResource } from '@/lib/notify/operations'
import { listTransfers } from '@/lib/ownership'
import { listTransfersQuery } from '@/lib/ownership/operations'

const mostReviews = 5
const mostNotices = 50
const mostShown = 8

/** What stops being served is an alert; what names its reader or asks for a word waits for them. */
const alertKinds = ['sunset', 'retirement'] as const
const noticeKinds = ['mention', 'deprecation', ...alertKinds] as const

const noticeLine = ({ id, title, href, created_at }: NotificationResource, what: string): WaitingLine => ({
  id,
  what,
  title,
  href,
  at: created_at,
})

const isAsked = ({ needs_acknowledgement: asked, acknowledged_at: at }: NotificationResource) =>
  asked && at === null

/** Contracts of the reader's groups that are broken now. */
async function breaches(ctx: Context): Promise<WaitingLine[]> {
  const groups = await brokenGroupsOfTeams(ctx, mostShown)
  return groups.map(({ group, terms, fails, last }) => ({
    id: group,
    what: 'Contract broken',
    title: `${group} breaks ${plural(terms, 'term')} of its contract`,
    href: `/groups/${encodeURIComponent(group)}?tab=contract`,
    at: last,
    state: fails ? 'fail' : 'warn',
  }))
}

async function noticesOf(ctx: Context) {
  const query = listNotificationsQuery.parse({ state: 'open', kind: [...noticeKinds], limit: mostNotices })
  const { data } = await listNotifications(ctx, query)
  const asks = data.flatMap((one) => {
    if (isAsked(one)) return noticeLine(one, 'Acknowledge')
    return one.kind === 'mention' ? noticeLine(one, 'Mention') : []
  })
  const alerts = data.flatMap((one) =>
    alertKinds.some((kind) => kind === one.kind) && !isAsked(one)
      ? { ...noticeLine(one, kindWords[one.kind].one), state: 'warn' as const }
      : [],
  )
  return { asks, alerts }
}

/** Requests to join teams that the reader decides on. */
async function joins(ctx: Context): Promise<WaitingLine[]> {
  const { data } = await listJoinRequests(ctx, { state: 'waiting' })
  return data
    .filter((one) => one.may_decide && !one.mine)
    .map(({ id, team, person, created_at }) => ({
      id,
      what: 'Join request',
      title: `${person.name} asks to join ${team}`,
      href: '/settings/ownership',
      at: created_at,
    }))
}

/** Assets that somebody hands to a team of the reader. */
async function handovers(ctx: Context): Promise<WaitingLine[]> {
  const { data } = await listTransfers(
    ctx,
    listTransfersQuery.parse({ state: 'proposed', limit: mostNotices }),
  )
  return data
    .filter(({ acts }) => acts?.decide.allowed)
    .map(({ id, assets, from_team, to_team, proposed_by, created_at }) => ({
      id,
      what: 'Ownership',
      title: `${proposed_by} hands ${plural(assets.length, 'asset')} of ${from_team} to ${to_team}`,
      href: '/settings/ownership',
      at: created_at,
    }))
}

/** What waits for the reader: versions to decide on, people, assets, notices that ask for something; and alerts. */
export async function loadWaiting(ctx: Context) {
  const [reviews, broken, requests, transfers, { asks, alerts }] = await Promise.all([
    listReviews(ctx, listReviewsQuery.parse({ waits_for: 'me', limit: mostReviews })),
    breaches(ctx),
    joins(ctx),
    handovers(ctx),
    noticesOf(ctx),
  ])
  const lines = [...requests, ...transfers, ...asks].sort((a, b) => (a.at < b.at ? -1 : 1))
  return {
    reviews: reviews.data,
    waiting: reviews.meta.total,
    asks: lines.slice(0, mostShown),
    moreAsks: Math.max(0, lines.length - mostShown),
    alerts: [...broken, ...alerts].slice(0, mostShown),
  }
}
