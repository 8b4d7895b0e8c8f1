import { AnnouncementCallouts } from '@/components/announcements/announcement-callouts'
import { listAnnouncements } from '@/lib/announcements'
import type { AnnouncedAsset } from '@/lib/announcements/operations'
import { load, pageContext } from '@/lib/http/page-context'

/** What is announced on an asset, or with null to the whole portal, and was not put away. */
export async function Announced({ asset }: { asset: AnnouncedAsset | null }) {
  const loaded = await load((ctx) => listAnnouncements(ctx, asset ?? {}))
  if (loaded.state !== 'ready') return null
  const shown = loaded.value.data.filter(({ dismissed }) => !dismissed)
  if (shown.length === 0) return null
  const now = (await pageContext()).now().toISOString()
  const callouts = <AnnouncementCallouts announcements={shown} now={now} />
  if (asset) return callouts
  return (
    <section aria-label="Announcements" className="flex flex-col gap-1 px-6 pt-3 max-md:px-4">
      {callouts}
    </section>
  )
}
