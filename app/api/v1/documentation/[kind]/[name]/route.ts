import { changeDocumentation, getDocumentation } from '@/lib/documentation'
import { changeDocumentationOperation, getDocumentationOperation } from '@/lib/documentation/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDocumentationOperation, async (ctx, { params }) => {
    const documentation = await getDocumentation(ctx, params)
    return json(200, documentation, { etag: documentation.etag })
  }),
  route(changeDocumentationOperation, async (ctx, { params, body, headers }) => {
    const documentation = await changeDocumentation(ctx, params, await body(), headers.get('if-match'))
    return json(200, documentation, { etag: documentation.etag })
  }),
)
