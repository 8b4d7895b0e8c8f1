import { listAudit } from '@/lib/audit'
import { listAuditOperation } from '@/lib/audit/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listAuditOperation, (ctx, { query }) => listAudit(ctx, query)),
)
