import { defineRoutes, route } from '@/lib/http'
import { acceptJoin } from '@/lib/identity'
import { acceptJoinOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(acceptJoinOperation, async (ctx, { params, body }) => acceptJoin(ctx, params.id, await body())),
)
