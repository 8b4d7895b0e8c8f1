import { defineRoutes, route } from '@/lib/http'
import { disablePerson } from '@/lib/identity'
import { disablePersonOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(disablePersonOperation, async (ctx, { params, body }) => disablePerson(ctx, params.id, await body())),
)
