import { requestChangesOfSet } from '@/lib/governance'
import { requestChangesOfSetOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(requestChangesOfSetOperation, async (ctx, { params, body, headers }) =>
    requestChangesOfSet(ctx, params.id, await body(), headers.get('if-match')),
  ),
)
