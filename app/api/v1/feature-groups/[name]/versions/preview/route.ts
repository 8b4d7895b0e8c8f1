import { defineRoutes, route } from '@/lib/http'
import { previewVersion } from '@/lib/registry'
import { previewVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(previewVersionOperation, async (ctx, { params, body }) =>
    previewVersion(ctx, params.name, await body()),
  ),
)
