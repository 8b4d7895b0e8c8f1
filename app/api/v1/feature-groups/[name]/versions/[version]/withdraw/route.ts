import { defineRoutes, route } from '@/lib/http'
import { withdrawVersion } from '@/lib/registry'
import { withdrawVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawVersionOperation, async (ctx, { params, body, headers }) =>
    withdrawVersion(ctx, params.name, params.version, await body(), { ifMatch: headers.get('if-match') }),
  ),
)
