import { getFeedback } from '@/lib/feedback'
import { getFeedbackOperation } from '@/lib/feedback/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getFeedbackOperation, (ctx, { params }) => getFeedback(ctx, params.id)),
)
