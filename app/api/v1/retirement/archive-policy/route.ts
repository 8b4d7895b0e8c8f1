import { defineRoutes, route } from '@/lib/http'
import { previewArchiving } from '@/lib/retirement'
import { previewArchivingOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(previewArchivingOperation, (ctx, { query }) => previewArchiving(ctx, query)),
)
