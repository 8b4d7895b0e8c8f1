import { defineRoutes, route } from '@/lib/http'
import { getTeam } from '@/lib/identity'
import { getTeamOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getTeamOperation, (ctx, { params }) => getTeam(ctx, params.name)),
)
