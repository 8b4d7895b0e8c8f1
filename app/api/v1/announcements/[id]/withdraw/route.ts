import { withdrawAnnouncement } from '@/lib/announcements'
import { withdrawAnnouncementOperation } from '@/lib/announcements/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawAnnouncementOperation, async (ctx, { params }) => {
    await withdrawAnnouncement(ctx, params.id)
    return noContent()
  }),
)
