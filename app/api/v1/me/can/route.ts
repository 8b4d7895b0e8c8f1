import { defineRoutes, route } from '@/lib/http'
import { canI } from '@/lib/identity'
import { canOperation } from '@/lib/identity/operations'
import { resolveVersion } from '@/lib/registry'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(canOperation, (ctx, { query }) =>
    canI(ctx, query, { group: async (name) => (await resolveVersion(ctx, { group: name })).resource }),
  ),
)
