import { getAccess } from '@/lib/catalog'
import { getAccessOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getAccessOperation, (ctx, { params, query }) => getAccess(ctx, params.name, query)),
)
