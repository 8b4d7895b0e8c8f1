import { defineRoutes, route } from '@/lib/http'
import { listFollows } from '@/lib/notify'
import { listFollowsOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listFollowsOperation, (ctx, { query }) => listFollows(ctx, query)),
)
