import { eq, or } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { comments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { type KnownAsset, notify } from '@/lib/notify'
import type { Person } from './people'
import type { CommentRow } from './queries'

const rooms = {
  group: 'groups',
  service: 'services',
  dataset: 'datasets',
  entity: 'entities',
  source: 'sources',
}

/** Where the comment stands in the portal. */
function commentHref({ kind, name }: Pick<KnownAsset, 'kind' | 'name'>, id: string): string {
  if (kind === 'feature') {
    const [group = '', feature = ''] = name.split(':')
    return `/groups/${encodeURIComponent(group)}/features/${encodeURIComponent(feature)}#comment-${id}`
  }
  const page = `/${rooms[kind]}/${encodeURIComponent(name)}`
  return kind === 'group' ? `${page}?tab=activity#comment-${id}` : `${page}#comment-${id}`
}

const excerpt = (body: string) => (body.length > 300 ? `${body.slice(0, 297)}…` : body)

async function participants(tx: Transaction, threadId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: comments.authorId })
    .from(comments)
    .where(or(eq(comments.id, threadId), eq(comments.threadId, threadId)))
  return rows.map(({ id }) => id)
}

/** Who is mentioned, once for each comment. */
export async function tellMentioned(
  tx: Transaction,
  ctx: Context,
  asset: KnownAsset,
  comment: CommentRow,
  people: readonly Person[],
): Promise<void> {
  if (people.length === 0) return
  await notify(tx, ctx, {
    kind: 'mention',
    to: { people: people.map(({ id }) => id) },
    asset,
    title: `${ctx.actor.name} mentioned you on \`${asset.name}\``,
    body: excerpt(comment.body),
    href: commentHref(asset, comment.id),
    once: `comment:${comment.id}`,
  })
}

/** Then followers and who takes part in the thread; whoever was mentioned has heard of it. */
export async function tellOthers(
  tx: Transaction,
  ctx: Context,
  asset: KnownAsset,
  comment: CommentRow,
): Promise<void> {
  await notify(tx, ctx, {
    kind: 'comment',
    to: { followers: true, people: comment.threadId ? await participants(tx, comment.threadId) : [] },
    asset,
    title: `${ctx.actor.name} ${comment.threadId ? 'answered' : 'commented'} on \`${asset.name}\``,
    body: excerpt(comment.body),
    href: commentHref(asset, comment.id),
    once: `comment:${comment.id}`,
  })
}
