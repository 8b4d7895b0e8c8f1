import { addToBasket, getBasket, replaceBasket } from '@/lib/basket'
import { addToBasketOperation, getBasketOperation, replaceBasketOperation } from '@/lib/basket/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getBasketOperation, (ctx) => getBasket(ctx)),
  route(addToBasketOperation, async (ctx, { body }) => addToBasket(ctx, await body())),
  route(replaceBasketOperation, async (ctx, { body }) => replaceBasket(ctx, await body())),
)
