import { planDefinitions } from '@/lib/definitions'
import { planDefinitionsOperation } from '@/lib/definitions/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(planDefinitionsOperation, async (ctx, { body }) =>
    json(200, await planDefinitions(ctx, await body())),
  ),
)
