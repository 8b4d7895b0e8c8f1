import { defineRoutes, route } from '@/lib/http'
import { takeOverTransformation } from '@/lib/ingestion'
import { takeOverOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(takeOverOperation, (ctx, { params, query }) =>
    takeOverTransformation(ctx, { group: params.name, version: query.version }),
  ),
)
