import { listThreads, openThread } from '@/lib/governance'
import { listThreadsOperation, openThreadOperation } from '@/lib/governance/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listThreadsOperation, (ctx, { params }) => listThreads(ctx, params.name, params.version)),
  route(openThreadOperation, async (ctx, { params, body, url }) => {
    const thread = await openThread(ctx, params.name, params.version, await body())
    return created(url.pathname, thread)
  }),
)
