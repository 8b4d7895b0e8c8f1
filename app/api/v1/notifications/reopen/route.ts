import { defineRoutes, route } from '@/lib/http'
import { reopenNotifications } from '@/lib/notify'
import { reopenNotificationsOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(reopenNotificationsOperation, async (ctx, { body }) => reopenNotifications(ctx, await body())),
)
