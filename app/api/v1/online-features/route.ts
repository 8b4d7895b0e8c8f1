import { defineRoutes, Reply, route } from '@/lib/http'
import { readOnlineFeatures } from '@/lib/online'
import { readOnlineFeaturesOperation, wantsInt64AsString } from '@/lib/online/operations'

// Without saying so each look at the request goes through a proxy of Next's.
export const dynamic = 'force-dynamic'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(readOnlineFeaturesOperation, async (ctx, { body, query }) => {
    const answer = await readOnlineFeatures(ctx, await body(), { int64AsString: wantsInt64AsString(query) })
    return new Reply(200, answer.body, { 'content-type': 'application/json', ...answer.headers })
  }),
)
