import { defineRoutes, route } from '@/lib/http'
import { rejectVersion } from '@/lib/registry'
import { rejectVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(rejectVersionOperation, async (ctx, { params, body, headers }) =>
    rejectVersion(ctx, params.name, params.version, await body(), { ifMatch: headers.get('if-match') }),
  ),
)
