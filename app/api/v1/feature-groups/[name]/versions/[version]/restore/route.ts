import { defineRoutes, route } from '@/lib/http'
import { restoreVersion } from '@/lib/registry'
import { restoreVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(restoreVersionOperation, async (ctx, { params, body }) =>
    restoreVersion(ctx, params.name, params.version, await body()),
  ),
)
