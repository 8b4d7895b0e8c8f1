import { announcementPlace, listAnnouncements } from '@/lib/announcements'
import { announceInput } from '@/lib/announcements/operations'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'

function assetOf(text: string) {
  const [kind, ...name] = text.split(':')
  const asset = announceInput.shape.asset.safeParse({ kind, name: name.join(':') })
  if (!asset.success || !asset.data) throw notFound(`Asset ${text}`)
  return asset.data
}

/** What stands and what is to come, on an asset or for the whole portal, and whether the reader may announce there. */
export async function loadAnnouncements(ctx: Context, text: string | undefined) {
  const asset = text === undefined ? null : assetOf(text)
  const decision = await announcementPlace(ctx, asset)
  const { data } = await listAnnouncements(ctx, { ...asset, upcoming: 'true' })
  return {
    asset,
    announcements: data,
    because: decision.allowed ? null : decision.rule,
    now: ctx.now().toISOString(),
  }
}
