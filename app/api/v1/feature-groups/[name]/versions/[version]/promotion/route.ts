import { defineRoutes, route } from '@/lib/http'
import { promotionOf } from '@/lib/registry'
import { getPromotionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getPromotionOperation, (ctx, { params }) => promotionOf(ctx, params.name, params.version)),
)
