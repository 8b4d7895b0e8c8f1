import { search } from '@/lib/catalog'
import { searchOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(searchOperation, (ctx, { query }) => search(ctx, query)),
)
