import { reopenThread } from '@/lib/comments'
import { reopenThreadOperation } from '@/lib/comments/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(reopenThreadOperation, (ctx, { params }) => reopenThread(ctx, params.id)),
)
