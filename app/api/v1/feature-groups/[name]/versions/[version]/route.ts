import { defineRoutes, route } from '@/lib/http'
import { readVersion } from '@/lib/registry'
import { getVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getVersionOperation, (ctx, { params, query }) =>
    readVersion(ctx, params.name, params.version, query.revision),
  ),
)
