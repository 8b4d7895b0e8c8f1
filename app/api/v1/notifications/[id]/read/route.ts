import { defineRoutes, route } from '@/lib/http'
import { readNotification } from '@/lib/notify'
import { readNotificationOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(readNotificationOperation, (ctx, { params }) => readNotification(ctx, params.id)),
)
