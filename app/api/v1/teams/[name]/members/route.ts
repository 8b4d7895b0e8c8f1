import { defineRoutes, route } from '@/lib/http'
import { setTeamMember } from '@/lib/identity'
import { setTeamMemberOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(setTeamMemberOperation, async (ctx, { params, body }) =>
    setTeamMember(ctx, params.name, await body()),
  ),
)
