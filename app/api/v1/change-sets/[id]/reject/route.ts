import { rejectChangeSet } from '@/lib/governance'
import { rejectChangeSetOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(rejectChangeSetOperation, async (ctx, { params, body, headers }) =>
    rejectChangeSet(ctx, params.id, await body(), headers.get('if-match')),
  ),
)
