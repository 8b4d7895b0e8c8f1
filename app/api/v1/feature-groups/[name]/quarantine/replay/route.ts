import { defineRoutes, route } from '@/lib/http'
import { replayQuarantine } from '@/lib/ingestion'
import { replayQuarantineOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(replayQuarantineOperation, async (ctx, { params, query, body }) =>
    replayQuarantine(ctx, { group: params.name, version: query.version, to: query.to }, await body()),
  ),
)
