import { defineRoutes, route } from '@/lib/http'
import { listQuarantine } from '@/lib/ingestion'
import { listQuarantineOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listQuarantineOperation, (ctx, { params, query }) =>
    listQuarantine(ctx, { group: params.name, ...query }),
  ),
)
