import { accepted, defineRoutes, route } from '@/lib/http'
import { requestCompaction } from '@/lib/ingestion'
import { compactOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(compactOperation, async (ctx, { params, query }) => {
    const queued = await requestCompaction(ctx, { group: params.name, version: query.version })
    return accepted(`/api/v1/jobs/${queued.job}`, queued)
  }),
)
