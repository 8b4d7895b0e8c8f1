import { defineRoutes, noContent, route } from '@/lib/http'
import { removeTeamMember } from '@/lib/identity'
import { removeTeamMemberOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(removeTeamMemberOperation, async (ctx, { params, headers }) => {
    await removeTeamMember(ctx, { ...params, ifMatch: headers.get('if-match') })
    return noContent()
  }),
)
