import { defineRoutes, route } from '@/lib/http'
import { closeCampaign } from '@/lib/retirement'
import { closeCampaignOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(closeCampaignOperation, (ctx, { params }) => closeCampaign(ctx, params.id)),
)
