import { closeFeedback } from '@/lib/feedback'
import { closeFeedbackOperation } from '@/lib/feedback/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(closeFeedbackOperation, async (ctx, { params, body }) => closeFeedback(ctx, params.id, await body())),
)
