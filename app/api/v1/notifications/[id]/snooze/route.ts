import { defineRoutes, route } from '@/lib/http'
import { snoozeNotification } from '@/lib/notify'
import { snoozeNotificationOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(snoozeNotificationOperation, async (ctx, { params, body }) =>
    snoozeNotification(ctx, params.id, await body()),
  ),
)
