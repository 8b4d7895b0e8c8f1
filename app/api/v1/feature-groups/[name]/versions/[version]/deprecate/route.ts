import { defineRoutes, route } from '@/lib/http'
import { deprecateVersion } from '@/lib/registry'
import { deprecateVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(deprecateVersionOperation, async (ctx, { params, body }) =>
    deprecateVersion(ctx, params.name, params.version, await body()),
  ),
)
