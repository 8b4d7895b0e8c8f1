import { applyDefinitions } from '@/lib/definitions'
import { applyDefinitionsOperation } from '@/lib/definitions/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(applyDefinitionsOperation, async (ctx, { body }) =>
    json(200, await applyDefinitions(ctx, await body())),
  ),
)
