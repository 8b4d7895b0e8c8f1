import { accepted, defineRoutes, route } from '@/lib/http'
import { listTransformationRuns, queueRun, runNow } from '@/lib/ingestion'
import { listRunsOperation, runTransformationOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(runTransformationOperation, async (ctx, { params, query, body }) => {
    const target = { group: params.name, version: query.version }
    if (query.async !== 'true') return runNow(ctx, target, await body())
    const run = await queueRun(ctx, target, await body())
    return accepted(`/api/v1/jobs/${run.job}`, run)
  }),
  route(listRunsOperation, (ctx, { params, query }) =>
    listTransformationRuns(ctx, { group: params.name, ...query }),
  ),
)
