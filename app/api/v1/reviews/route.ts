import { listReviews } from '@/lib/governance'
import { listReviewsOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listReviewsOperation, (ctx, { query }) => listReviews(ctx, query)),
)
