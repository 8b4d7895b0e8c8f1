import { decideReviews } from '@/lib/governance'
import { decideReviewsOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(decideReviewsOperation, async (ctx, { body }) => decideReviews(ctx, await body())),
)
