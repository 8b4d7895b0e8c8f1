import { defineRoutes, route } from '@/lib/http'
import { declineJoin } from '@/lib/identity'
import { declineJoinOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(declineJoinOperation, async (ctx, { params, body }) => declineJoin(ctx, params.id, await body())),
)
