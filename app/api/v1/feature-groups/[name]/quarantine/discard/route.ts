import { defineRoutes, route } from '@/lib/http'
import { discardQuarantine } from '@/lib/ingestion'
import { discardQuarantineOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(discardQuarantineOperation, async (ctx, { params, query, body }) =>
    discardQuarantine(ctx, { group: params.name, version: query.version }, await body()),
  ),
)
