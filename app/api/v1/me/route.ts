import { defineRoutes, route } from '@/lib/http'
import { getMe } from '@/lib/identity'
import { getMeOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getMeOperation, (ctx) => getMe(ctx)),
)
