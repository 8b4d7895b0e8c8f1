import { Discussion } from '@/components/discussion/discussion'
import { NotReady } from '@/components/layout/not-ready'
import { listComments } from '@/lib/comments'
import type { CommentedAsset } from '@/lib/comments/operations'
import { load } from '@/lib/http/page-context'

/** What is said about an asset, at the end of its page. */
export async function AssetDiscussion({ kind, name }: CommentedAsset) {
  const loaded = await load((ctx) => listComments(ctx, { kind, name, limit: 200 }))
  if (loaded.state === 'missing') return null
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The discussion" />
  return <Discussion asset={{ kind, name }} page={loaded.value} />
}
