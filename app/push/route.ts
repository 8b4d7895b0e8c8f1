import { push } from '@/lib/feast'
import { feastPushOperation } from '@/lib/feast/operations'
import { defineRoutes, feastWire, idempotentRequest, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(
    feastPushOperation,
    async (ctx, request) => {
      await push(ctx, { text: await request.text(), idempotency: idempotentRequest(request) })
      return json(200, null)
    },
    feastWire,
  ),
)
