import { defineRoutes, route } from '@/lib/http'
import { getCampaign } from '@/lib/retirement'
import { getCampaignOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getCampaignOperation, (ctx, { params }) => getCampaign(ctx, params.id)),
)
