import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteView, getView, updateView } from '@/lib/views'
import { deleteViewOperation, getViewOperation, updateViewOperation } from '@/lib/views/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getViewOperation, async (ctx, { params }) => {
    const view = await getView(ctx, params.id)
    return json(200, view, { etag: view.etag })
  }),
  route(updateViewOperation, async (ctx, { params, body, headers }) => {
    const view = await updateView(ctx, params.id, await body(), headers.get('if-match'))
    return json(200, view, { etag: view.etag })
  }),
  route(deleteViewOperation, async (ctx, { params, headers }) => {
    await deleteView(ctx, params.id, headers.get('if-match'))
    return noContent()
  }),
)
