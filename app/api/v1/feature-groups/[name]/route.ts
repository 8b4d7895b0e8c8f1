import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteFeatureGroup, getFeatureGroup, updateFeatureGroup } from '@/lib/registry'
import {
  deleteFeatureGroupOperation,
  getFeatureGroupOperation,
  updateFeatureGroupOperation,
} from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getFeatureGroupOperation, async (ctx, { params }) => {
    const group = await getFeatureGroup(ctx, params.name)
    return json(200, group, { etag: group.etag })
  }),
  route(updateFeatureGroupOperation, async (ctx, { params, body, headers }) => {
    const group = await updateFeatureGroup(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, group, { etag: group.etag })
  }),
  route(deleteFeatureGroupOperation, async (ctx, { params, headers }) => {
    await deleteFeatureGroup(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
