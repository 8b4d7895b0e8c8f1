import { defineRoutes, route } from '@/lib/http'
import { completeNotification } from '@/lib/notify'
import { completeNotificationOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(completeNotificationOperation, (ctx, { params }) => completeNotification(ctx, params.id)),
)
