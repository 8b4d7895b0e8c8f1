import { defineRoutes, route } from '@/lib/http'
import { getOverview } from '@/lib/monitoring'
import { overviewOperation } from '@/lib/monitoring/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(overviewOperation, (ctx, { query }) => getOverview(ctx, query)),
)
