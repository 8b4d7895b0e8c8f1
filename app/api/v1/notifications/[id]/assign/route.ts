import { assignNotification } from '@/lib/comments'
import { assignNotificationOperation } from '@/lib/comments/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(assignNotificationOperation, async (ctx, { params, body }) => {
    await assignNotification(ctx, params.id, await body())
    return noContent()
  }),
)
