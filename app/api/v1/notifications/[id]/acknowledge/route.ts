import { defineRoutes, route } from '@/lib/http'
import { acknowledgeNotification } from '@/lib/notify'
import { acknowledgeNotificationOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(acknowledgeNotificationOperation, (ctx, { params }) => acknowledgeNotification(ctx, params.id)),
)
