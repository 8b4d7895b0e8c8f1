import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteEntity, getEntity, updateEntity } from '@/lib/registry'
import { deleteEntityOperation, getEntityOperation, updateEntityOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getEntityOperation, async (ctx, { params }) => {
    const entity = await getEntity(ctx, params.name)
    return json(200, entity, { etag: entity.etag })
  }),
  route(updateEntityOperation, async (ctx, { params, body, headers }) => {
    const entity = await updateEntity(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, entity, { etag: entity.etag })
  }),
  route(deleteEntityOperation, async (ctx, { params, headers }) => {
    await deleteEntity(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
