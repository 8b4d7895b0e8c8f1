import { created, defineRoutes, route } from '@/lib/http'
import { listSources, registerSource } from '@/lib/registry'
import { listSourcesOperation, registerSourceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(registerSourceOperation, async (ctx, { body }) => {
    const source = await registerSource(ctx, await body())
    return created(`/api/v1/sources/${source.name}`, source, { etag: source.etag })
  }),
  route(listSourcesOperation, (ctx, { query }) => listSources(ctx, query)),
)
