import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteSource, getSource, updateSource } from '@/lib/registry'
import { deleteSourceOperation, getSourceOperation, updateSourceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getSourceOperation, async (ctx, { params }) => {
    const source = await getSource(ctx, params.name)
    return json(200, source, { etag: source.etag })
  }),
  route(updateSourceOperation, async (ctx, { params, body, headers }) => {
    const source = await updateSource(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, source, { etag: source.etag })
  }),
  route(deleteSourceOperation, async (ctx, { params, headers }) => {
    await deleteSource(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
