import { defineRoutes, route } from '@/lib/http'
import { archiveVersion } from '@/lib/registry'
import { archiveVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(archiveVersionOperation, async (ctx, { params, body }) =>
    archiveVersion(ctx, params.name, params.version, await body()),
  ),
)
