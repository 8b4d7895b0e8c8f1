import { defineRoutes, route } from '@/lib/http'
import { answerCampaign } from '@/lib/retirement'
import { answerCampaignOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(answerCampaignOperation, async (ctx, { params, body }) =>
    answerCampaign(ctx, params.id, await body()),
  ),
)
