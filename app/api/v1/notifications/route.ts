import { defineRoutes, route } from '@/lib/http'
import { listNotifications } from '@/lib/notify'
import { listNotificationsOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listNotificationsOperation, (ctx, { query }) => listNotifications(ctx, query)),
)
