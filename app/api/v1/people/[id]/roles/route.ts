import { created, defineRoutes, route } from '@/lib/http'
import { assignRole } from '@/lib/identity'
import { assignRoleOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(assignRoleOperation, async (ctx, { params, body }) => {
    const assigned = await assignRole(ctx, params.id, await body())
    return created(`/api/v1/people/${params.id}/roles/${assigned.id}`, assigned)
  }),
)
