import { defineRoutes, route } from '@/lib/http'
import { impactOf } from '@/lib/registry'
import { impactOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(impactOperation, (ctx, { params, query }) => impactOf(ctx, params.name, query)),
)
