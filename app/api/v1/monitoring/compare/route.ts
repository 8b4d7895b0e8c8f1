import { defineRoutes, route } from '@/lib/http'
import { compareSamples } from '@/lib/monitoring'
import { compareOperation } from '@/lib/monitoring/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(compareOperation, async (ctx, { body }) => compareSamples(ctx, await body())),
)
