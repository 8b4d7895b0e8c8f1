import { liveOperation } from '@/lib/health/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(liveOperation, async () => ({ status: 'ok' })),
)
