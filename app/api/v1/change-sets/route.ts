import { listChangeSets, submitTogether } from '@/lib/governance'
import { listChangeSetsOperation, submitTogetherOperation } from '@/lib/governance/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listChangeSetsOperation, (ctx, { query }) => listChangeSets(ctx, query)),
  route(submitTogetherOperation, async (ctx, { body }) => {
    const set = await submitTogether(ctx, await body())
    return created(`/api/v1/change-sets/${set.id}`, set, { etag: set.etag })
  }),
)
