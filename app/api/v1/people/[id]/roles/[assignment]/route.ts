import { defineRoutes, noContent, route } from '@/lib/http'
import { removeRole } from '@/lib/identity'
import { removeRoleOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(removeRoleOperation, async (ctx, { params, headers }) => {
    await removeRole(ctx, { ...params, ifMatch: headers.get('if-match') })
    return noContent()
  }),
)
