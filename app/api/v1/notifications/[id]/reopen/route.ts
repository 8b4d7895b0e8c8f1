import { defineRoutes, route } from '@/lib/http'
import { reopenNotification } from '@/lib/notify'
import { reopenNotificationOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(reopenNotificationOperation, (ctx, { params }) => reopenNotification(ctx, params.id)),
)
