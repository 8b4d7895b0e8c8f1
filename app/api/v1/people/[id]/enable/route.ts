import { defineRoutes, route } from '@/lib/http'
import { enablePerson } from '@/lib/identity'
import { enablePersonOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(enablePersonOperation, async (ctx, { params, body }) => enablePerson(ctx, params.id, await body())),
)
