import { browse } from '@/lib/catalog'
import { browseOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(browseOperation, (ctx, { query }) => browse(ctx, query)),
)
