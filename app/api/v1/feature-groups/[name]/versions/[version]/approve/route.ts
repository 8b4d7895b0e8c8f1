import { defineRoutes, route } from '@/lib/http'
import { approveVersion } from '@/lib/registry'
import { approveVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(approveVersionOperation, async (ctx, { params, body, headers }) =>
    approveVersion(ctx, params.name, params.version, await body(), { ifMatch: headers.get('if-match') }),
  ),
)
