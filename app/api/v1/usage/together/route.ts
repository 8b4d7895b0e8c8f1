import { getUsedTogether } from '@/lib/catalog'
import { getUsedTogetherOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getUsedTogetherOperation, (ctx, { query }) => getUsedTogether(ctx, query)),
)
