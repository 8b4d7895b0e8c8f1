import { created, defineRoutes, route } from '@/lib/http'
import { requestToJoin } from '@/lib/identity'
import { requestToJoinOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(requestToJoinOperation, async (ctx, { params, body }) =>
    created('/api/v1/join-requests', await requestToJoin(ctx, params.name, await body())),
  ),
)
