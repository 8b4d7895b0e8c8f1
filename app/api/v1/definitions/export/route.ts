import { exportDefinitions } from '@/lib/definitions'
import { exportDefinitionsOperation } from '@/lib/definitions/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(exportDefinitionsOperation, (ctx, { query }) => exportDefinitions(ctx, query)),
)
