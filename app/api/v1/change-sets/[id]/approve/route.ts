import { approveChangeSet } from '@/lib/governance'
import { approveChangeSetOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(approveChangeSetOperation, async (ctx, { params, body, headers }) =>
    approveChangeSet(ctx, params.id, await body(), headers.get('if-match')),
  ),
)
