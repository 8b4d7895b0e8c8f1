import { accepted, defineRoutes, route } from '@/lib/http'
import { requestMaterialization } from '@/lib/ingestion'
import { materializeOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(materializeOperation, async (ctx, { params, query, body }) => {
    const target = { group: params.name, version: query.version }
    const queued = await requestMaterialization(ctx, target, await body())
    return accepted(`/api/v1/jobs/${queued.job}`, queued)
  }),
)
