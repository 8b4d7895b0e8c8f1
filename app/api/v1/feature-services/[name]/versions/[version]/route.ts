import { defineRoutes, route } from '@/lib/http'
import { getServiceVersion } from '@/lib/registry'
import { getServiceVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getServiceVersionOperation, (ctx, { params }) => getServiceVersion(ctx, params.name, params.version)),
)
