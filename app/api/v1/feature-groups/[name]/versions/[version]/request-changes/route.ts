import { defineRoutes, route } from '@/lib/http'
import { requestChanges } from '@/lib/registry'
import { requestChangesOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(requestChangesOperation, async (ctx, { params, body, headers }) =>
    requestChanges(ctx, params.name, params.version, await body(), { ifMatch: headers.get('if-match') }),
  ),
)
