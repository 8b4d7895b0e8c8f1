import { defineRoutes, route } from '@/lib/http'
import { completeAllNotifications } from '@/lib/notify'
import { completeAllNotificationsOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(completeAllNotificationsOperation, async (ctx, { body }) =>
    completeAllNotifications(ctx, await body()),
  ),
)
