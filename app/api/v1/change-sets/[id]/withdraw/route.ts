import { withdrawChangeSet } from '@/lib/governance'
import { withdrawChangeSetOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawChangeSetOperation, async (ctx, { params, body, headers }) =>
    withdrawChangeSet(ctx, params.id, await body(), headers.get('if-match')),
  ),
)
