import { defineRoutes, route } from '@/lib/http'
import { countNotifications } from '@/lib/notify'
import { countNotificationsOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(countNotificationsOperation, (ctx) => countNotifications(ctx)),
)
