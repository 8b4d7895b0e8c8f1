import { defineRoutes, route } from '@/lib/http'
import { removeOnRequest } from '@/lib/sample'
import { removeSampleOperation } from '@/lib/sample/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(removeSampleOperation, async (ctx, { body }) => removeOnRequest(ctx, await body())),
)
