import { getReview } from '@/lib/governance'
import { getReviewOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getReviewOperation, (ctx, { params }) => getReview(ctx, params.name, params.version)),
)
