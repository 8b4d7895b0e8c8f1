import { defineRoutes, route } from '@/lib/http'
import { submitVersion } from '@/lib/registry'
import { submitVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(submitVersionOperation, async (ctx, { params, body }) =>
    submitVersion(ctx, params.name, params.version, await body()),
  ),
)
