import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { CampaignPage } from '@/components/retirement/campaign-page'
import { decide, systemResource } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { getCampaign } from '@/lib/retirement'

export const metadata: Metadata = { title: 'Campaign' }

export default async function CampaignRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const loaded = await load(async (ctx) => ({
    campaign: await getCampaign(ctx, id),
    mayManage: decide(ctx, 'access:recertify', systemResource).allowed,
    now: ctx.now().toISOString(),
  }))
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The campaign" />
  return <CampaignPage {...loaded.value} />
}
