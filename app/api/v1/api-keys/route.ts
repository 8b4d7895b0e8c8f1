import { created, defineRoutes, route } from '@/lib/http'
import { createApiKey, listApiKeys } from '@/lib/identity'
import { createApiKeyOperation, listApiKeysOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(createApiKeyOperation, async (ctx, { body }) => {
    const key = await createApiKey(ctx, await body())
    return created(`/api/v1/api-keys/${key.id}`, key, { 'cache-control': 'no-store' })
  }),
  route(listApiKeysOperation, (ctx, { query }) => listApiKeys(ctx, query)),
)
