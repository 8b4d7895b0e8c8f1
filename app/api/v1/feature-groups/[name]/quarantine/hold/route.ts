import { defineRoutes, route } from '@/lib/http'
import { holdQuarantine } from '@/lib/ingestion'
import { holdQuarantineOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(holdQuarantineOperation, async (ctx, { params, query, body }) =>
    holdQuarantine(ctx, { group: params.name, version: query.version }, await body()),
  ),
)
