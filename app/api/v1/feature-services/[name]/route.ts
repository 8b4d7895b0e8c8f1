import { defineRoutes, json, route } from '@/lib/http'
import { getFeatureService, updateFeatureService } from '@/lib/registry'
import { getFeatureServiceOperation, updateFeatureServiceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getFeatureServiceOperation, async (ctx, { params }) => {
    const service = await getFeatureService(ctx, params.name)
    return json(200, service, { etag: service.etag })
  }),
  route(updateFeatureServiceOperation, async (ctx, { params, body, headers }) => {
    const service = await updateFeatureService(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, service, { etag: service.etag })
  }),
)
