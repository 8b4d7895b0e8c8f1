import { defineRoutes, route } from '@/lib/http'
import { listSessions } from '@/lib/identity'
import { listSessionsOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listSessionsOperation, (ctx, { query }) => listSessions(ctx, query)),
)
