import { defineRoutes, route } from '@/lib/http'
import { withdrawJoin } from '@/lib/identity'
import { withdrawJoinOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawJoinOperation, async (ctx, { params, body }) => withdrawJoin(ctx, params.id, await body())),
)
