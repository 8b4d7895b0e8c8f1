import { defineRoutes, route } from '@/lib/http'
import { getVersion } from '@/lib/registry'
import { getVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getVersionOperation, (ctx, { params }) => getVersion(ctx, params.name, params.version)),
)
