import { resolveThread } from '@/lib/comments'
import { resolveThreadOperation } from '@/lib/comments/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(resolveThreadOperation, (ctx, { params }) => resolveThread(ctx, params.id)),
)
