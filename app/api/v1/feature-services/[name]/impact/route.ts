import { defineRoutes, route } from '@/lib/http'
import { impactOfService } from '@/lib/registry'
import { serviceImpactOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(serviceImpactOperation, (ctx, { params }) => impactOfService(ctx, params.name)),
)
