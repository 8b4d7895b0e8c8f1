import { defineRoutes, route } from '@/lib/http'
import { listJoinRequests } from '@/lib/identity'
import { listJoinRequestsOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listJoinRequestsOperation, (ctx, { query }) => listJoinRequests(ctx, query)),
)
