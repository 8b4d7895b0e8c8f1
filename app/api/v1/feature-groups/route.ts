import { created, defineRoutes, route } from '@/lib/http'
import { listFeatureGroups, registerFeatureGroup } from '@/lib/registry'
import { listFeatureGroupsOperation, registerFeatureGroupOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(registerFeatureGroupOperation, async (ctx, { body }) => {
    const group = await registerFeatureGroup(ctx, await body())
    return created(`/api/v1/feature-groups/${group.name}`, group, { etag: group.etag })
  }),
  route(listFeatureGroupsOperation, (ctx, { query }) => listFeatureGroups(ctx, query)),
)
