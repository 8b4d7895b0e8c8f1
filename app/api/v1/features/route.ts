import { listFeatures } from '@/lib/catalog'
import { listFeaturesOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listFeaturesOperation, (ctx, { query }) => listFeatures(ctx, query)),
)
