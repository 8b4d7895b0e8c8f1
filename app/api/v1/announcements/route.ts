import { announce, listAnnouncements } from '@/lib/announcements'
import { announceOperation, listAnnouncementsOperation } from '@/lib/announcements/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listAnnouncementsOperation, (ctx, { query }) => listAnnouncements(ctx, query)),
  route(announceOperation, async (ctx, { body }) =>
    created('/api/v1/announcements', await announce(ctx, await body())),
  ),
)
