import { defineRoutes, route } from '@/lib/http'
import { promoteVersion } from '@/lib/registry'
import { promoteVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(promoteVersionOperation, async (ctx, { params, body }) =>
    promoteVersion(ctx, params.name, params.version, await body()),
  ),
)
