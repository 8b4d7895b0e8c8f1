import { removeExample } from '@/lib/examples'
import { removeExampleOperation } from '@/lib/examples/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(removeExampleOperation, async (ctx, { params, headers }) => {
    await removeExample(ctx, params.id, headers.get('if-match'))
    return noContent()
  }),
)
