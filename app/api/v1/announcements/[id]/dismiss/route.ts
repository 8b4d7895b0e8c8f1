import { dismissAnnouncement } from '@/lib/announcements'
import { dismissAnnouncementOperation } from '@/lib/announcements/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(dismissAnnouncementOperation, async (ctx, { params }) => {
    await dismissAnnouncement(ctx, params.id)
    return noContent()
  }),
)
