import { defineRoutes, route } from '@/lib/http'
import { testVersion } from '@/lib/ingestion'
import { testTransformationOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(testTransformationOperation, (ctx, { params }) => testVersion(ctx, params.name, params.version)),
)
