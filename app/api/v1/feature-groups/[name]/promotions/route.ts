import { defineRoutes, route } from '@/lib/http'
import { promotionsOfGroup } from '@/lib/registry'
import { listPromotionsOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listPromotionsOperation, (ctx, { params }) => promotionsOfGroup(ctx, params.name)),
)
