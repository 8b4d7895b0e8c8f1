import { removeFromBasket } from '@/lib/basket'
import { removeFromBasketOperation } from '@/lib/basket/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(removeFromBasketOperation, (ctx, { params }) => removeFromBasket(ctx, params.feature)),
)
