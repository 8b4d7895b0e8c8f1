import { defineRoutes, route } from '@/lib/http'
import { getPerson } from '@/lib/identity'
import { getPersonOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getPersonOperation, (ctx, { params }) => getPerson(ctx, params.id)),
)
