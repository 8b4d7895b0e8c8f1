import { defineRoutes, route } from '@/lib/http'
import { listTransformationRuns, runNow } from '@/lib/ingestion'
import { listRunsOperation, runTransformationOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(runTransformationOperation, async (ctx, { params, query, body }) =>
    runNow(ctx, { group: params.name, version: query.version }, await body()),
  ),
  route(listRunsOperation, (ctx, { params, query }) =>
    listTransformationRuns(ctx, { group: params.name, ...query }),
  ),
)
