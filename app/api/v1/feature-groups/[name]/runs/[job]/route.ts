import { defineRoutes, route } from '@/lib/http'
import { getTransformationRun } from '@/lib/ingestion'
import { getRunOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getRunOperation, (ctx, { params, query }) =>
    getTransformationRun(ctx, { group: params.name, version: query.version, job: params.job }),
  ),
)
