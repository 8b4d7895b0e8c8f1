import { created, defineRoutes, route } from '@/lib/http'
import { listCampaigns, startCampaign } from '@/lib/retirement'
import { listCampaignsOperation, startCampaignOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listCampaignsOperation, (ctx, { query }) => listCampaigns(ctx, query)),
  route(startCampaignOperation, async (ctx, { body }) => {
    const campaign = await startCampaign(ctx, await body())
    return created(`/api/v1/retirement/campaigns/${campaign.id}`, campaign)
  }),
)
