import { verifyAudit } from '@/lib/audit'
import { verifyAuditOperation } from '@/lib/audit/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(verifyAuditOperation, (ctx) => verifyAudit(ctx)),
)
