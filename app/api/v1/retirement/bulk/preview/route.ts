import { defineRoutes, route } from '@/lib/http'
import { previewBulk } from '@/lib/retirement'
import { previewBulkOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(previewBulkOperation, async (ctx, { body }) => previewBulk(ctx, await body())),
)
