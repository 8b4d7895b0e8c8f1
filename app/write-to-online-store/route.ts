import { writeToOnlineStore } from '@/lib/feast'
import { feastWriteOperation } from '@/lib/feast/operations'
import { defineRoutes, feastWire, idempotentRequest, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(
    feastWriteOperation,
    async (ctx, request) => {
      await writeToOnlineStore(ctx, { text: await request.text(), idempotency: idempotentRequest(request) })
      return json(200, null)
    },
    feastWire,
  ),
)
