import { ButtonLink } from '@/components/ui/button'
import { announcementPlace } from '@/lib/announcements'
import type { AnnouncedAsset } from '@/lib/announcements/operations'
import { load } from '@/lib/http/page-context'

/** Announcing, on the page of an asset, for who may. */
export async function AnnounceAsset({ kind, name }: AnnouncedAsset) {
  const loaded = await load((ctx) => announcementPlace(ctx, { kind, name }))
  if (loaded.state !== 'ready' || !loaded.value.allowed) return null
  const href = `/settings/announcements?asset=${encodeURIComponent(`${kind}:${name}`)}`
  return (
    <ButtonLink variant="quiet" href={href}>
      Announce…
    </ButtonLink>
  )
}
