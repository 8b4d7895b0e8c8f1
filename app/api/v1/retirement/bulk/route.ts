import { defineRoutes, route } from '@/lib/http'
import { retireInBulk } from '@/lib/retirement'
import { bulkOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(bulkOperation, async (ctx, { body }) => retireInBulk(ctx, await body())),
)
