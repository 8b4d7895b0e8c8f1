import { similarToFeature, similarToProposed } from '@/lib/catalog'
import { similarToFeatureOperation, similarToProposedOperation } from '@/lib/catalog/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(similarToFeatureOperation, (ctx, { query }) => similarToFeature(ctx, query)),
  route(similarToProposedOperation, async (ctx, { body }) =>
    json(200, await similarToProposed(ctx, await body())),
  ),
)
