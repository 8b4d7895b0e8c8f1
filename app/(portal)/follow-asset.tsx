import { FollowButton } from '@/components/inbox/follow-button'
import { load } from '@/lib/http/page-context'
import { getFollow } from '@/lib/notify'
import type { FollowResource } from '@/lib/notify/operations'

/** Follow, on the page of an asset that its reader knows of. */
export async function FollowAsset({ kind, name }: FollowResource['asset']) {
  const loaded = await load((ctx) => getFollow(ctx, { kind, name }))
  return loaded.state === 'ready' ? <FollowButton key={name} follow={loaded.value} /> : null
}
