import { getFeastOnlineFeatures } from '@/lib/feast'
import { feastOnlineFeaturesOperation } from '@/lib/feast/operations'
import { defineRoutes, feastWire, Reply, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(
    feastOnlineFeaturesOperation,
    async (ctx, { body }) => {
      const answer = await getFeastOnlineFeatures(ctx, await body())
      return new Reply(200, answer.body, { 'content-type': 'application/json', ...answer.headers })
    },
    feastWire,
  ),
)
