import { defineRoutes, route } from '@/lib/http'
import { remindCampaign } from '@/lib/retirement'
import { remindCampaignOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(remindCampaignOperation, (ctx, { params }) => remindCampaign(ctx, params.id)),
)
