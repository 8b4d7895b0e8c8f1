import { defineRoutes, route } from '@/lib/http'
import { blameOf } from '@/lib/registry'
import { blameVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(blameVersionOperation, (ctx, { params }) => blameOf(ctx, params.name, params.version)),
)
