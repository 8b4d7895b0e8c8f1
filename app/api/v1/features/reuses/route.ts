import { reuseFeature } from '@/lib/catalog'
import { reuseFeatureOperation } from '@/lib/catalog/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(reuseFeatureOperation, async (ctx, { body }) => json(201, await reuseFeature(ctx, await body()))),
)
