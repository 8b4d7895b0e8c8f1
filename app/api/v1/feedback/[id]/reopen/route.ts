import { reopenFeedback } from '@/lib/feedback'
import { reopenFeedbackOperation } from '@/lib/feedback/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(reopenFeedbackOperation, async (ctx, { params, body }) =>
    reopenFeedback(ctx, params.id, await body()),
  ),
)
