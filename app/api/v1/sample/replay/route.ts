import { defineRoutes, route } from '@/lib/http'
import { replayOnRequest } from '@/lib/sample'
import { replaySampleOperation } from '@/lib/sample/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(replaySampleOperation, async (ctx, { body }) => replayOnRequest(ctx, await body())),
)
