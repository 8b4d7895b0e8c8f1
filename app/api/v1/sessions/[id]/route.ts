import { defineRoutes, noContent, route } from '@/lib/http'
import { endSession } from '@/lib/identity'
import { endSessionOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(endSessionOperation, async (ctx, { params, headers }) => {
    await endSession(ctx, { id: params.id, ifMatch: headers.get('if-match') })
    return noContent()
  }),
)
