import { created, defineRoutes, route } from '@/lib/http'
import { createView, listViews } from '@/lib/views'
import { createViewOperation, listViewsOperation } from '@/lib/views/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listViewsOperation, (ctx, { query }) => listViews(ctx, query)),
  route(createViewOperation, async (ctx, { body }) => {
    const view = await createView(ctx, await body())
    return created(`/api/v1/saved-views/${view.id}`, view, { etag: view.etag })
  }),
)
