import { getChangeSet } from '@/lib/governance'
import { getChangeSetOperation } from '@/lib/governance/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getChangeSetOperation, async (ctx, { params }) => {
    const set = await getChangeSet(ctx, params.id)
    return json(200, set, { etag: set.etag })
  }),
)
