import { getUsage } from '@/lib/catalog'
import { getUsageOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getUsageOperation, (ctx, { params, query }) => getUsage(ctx, params.name, query)),
)
