import { getDefinitionRun } from '@/lib/definitions'
import { getDefinitionRunOperation } from '@/lib/definitions/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDefinitionRunOperation, (ctx, { params }) => getDefinitionRun(ctx, params.id)),
)
