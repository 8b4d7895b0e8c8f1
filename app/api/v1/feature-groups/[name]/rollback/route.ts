import { defineRoutes, route } from '@/lib/http'
import { rollbackPromotion } from '@/lib/registry'
import { rollbackOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(rollbackOperation, async (ctx, { params, body }) =>
    rollbackPromotion(ctx, params.name, await body()),
  ),
)
