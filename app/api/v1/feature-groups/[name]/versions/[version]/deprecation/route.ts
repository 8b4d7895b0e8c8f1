import { defineRoutes, json, route } from '@/lib/http'
import { changeDeprecation, getDeprecation } from '@/lib/registry'
import { changeDeprecationOperation, getDeprecationOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDeprecationOperation, async (ctx, { params }) => {
    const found = await getDeprecation(ctx, params.name, params.version)
    return json(200, found, { etag: found.etag })
  }),
  route(changeDeprecationOperation, async (ctx, { params, body, headers }) => {
    const which = { group: params.name, version: params.version }
    const changed = await changeDeprecation(ctx, which, await body(), headers.get('if-match'))
    return json(200, changed, { etag: changed.etag })
  }),
)
