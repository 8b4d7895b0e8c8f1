import { defineRoutes, route } from '@/lib/http'
import { getTransformation } from '@/lib/ingestion'
import { getTransformationOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getTransformationOperation, (ctx, { params, query }) =>
    getTransformation(ctx, { group: params.name, version: query.version }),
  ),
)
