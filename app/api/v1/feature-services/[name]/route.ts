import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteFeatureService, getFeatureService, updateFeatureService } from '@/lib/registry'
import {
  deleteFeatureServiceOperation,
  getFeatureServiceOperation,
  updateFeatureServiceOperation,
} from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getFeatureServiceOperation, async (ctx, { params }) => {
    const service = await getFeatureService(ctx, params.name)
    return json(200, service, { etag: service.etag })
  }),
  route(updateFeatureServiceOperation, async (ctx, { params, body, headers }) => {
    const service = await updateFeatureService(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, service, { etag: service.etag })
  }),
  route(deleteFeatureServiceOperation, async (ctx, { params, headers }) => {
    await deleteFeatureService(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
