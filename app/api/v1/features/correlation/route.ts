import { correlate } from '@/lib/basket'
import { correlateOperation } from '@/lib/basket/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(correlateOperation, (ctx, { query }) => correlate(ctx, query)),
)
