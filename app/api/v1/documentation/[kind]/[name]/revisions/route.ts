import { listDocumentation } from '@/lib/documentation'
import { listDocumentationOperation } from '@/lib/documentation/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listDocumentationOperation, (ctx, { params, query }) => listDocumentation(ctx, params, query)),
)
