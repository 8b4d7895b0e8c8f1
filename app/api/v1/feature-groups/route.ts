import { created, defineRoutes, route } from '@/lib/http'
import { registerCheckedGroup } from '@/lib/ingestion'
import { listFeatureGroups } from '@/lib/registry'
import { listFeatureGroupsOperation, registerFeatureGroupOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(registerFeatureGroupOperation, async (ctx, { body }) => {
    const group = await registerCheckedGroup(ctx, await body())
    return created(`/api/v1/feature-groups/${group.name}`, group, { etag: group.etag })
  }),
  route(listFeatureGroupsOperation, (ctx, { query }) => listFeatureGroups(ctx, query)),
)
