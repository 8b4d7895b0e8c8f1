import { defineRoutes, json, noContent, route } from '@/lib/http'
import { getApiKey, onlyEtag, revokeApiKey } from '@/lib/identity'
import { getApiKeyOperation, revokeApiKeyOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getApiKeyOperation, async (ctx, { params }) =>
    json(200, await getApiKey(ctx, params.id), { etag: onlyEtag }),
  ),
  route(revokeApiKeyOperation, async (ctx, { params, headers }) => {
    await revokeApiKey(ctx, { id: params.id, ifMatch: headers.get('if-match') })
    return noContent()
  }),
)
