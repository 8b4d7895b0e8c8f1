import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { knownAsset } from '@/lib/notify'
import type { ListCommentsQuery, ThreadPage } from './operations'
import { selectThreads, serializer } from './queries'

/** What is said about an asset, newest thread first. Errors: `not_found`, the same for a hidden one. */
export async function listComments(ctx: Context, query: ListCommentsQuery): Promise<ThreadPage> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const asset = await knownAsset(ctx, query)
  const { roots, replies, hasMore, total, unresolved } = await selectThreads(query, query)
  const { thread } = await serializer(ctx, asset, [...roots, ...replies])
  return {
    data: roots.map((root) => thread(root, replies)),
    meta: { next_cursor: hasMore ? (roots.at(-1)?.id ?? null) : null, total, unresolved },
  }
}
