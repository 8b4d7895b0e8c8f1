import { created, defineRoutes, route } from '@/lib/http'
import { createTeam, listTeams } from '@/lib/identity'
import { createTeamOperation, listTeamsOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(createTeamOperation, async (ctx, { body }) => {
    const team = await createTeam(ctx, await body())
    return created(`/api/v1/teams/${team.name}`, team)
  }),
  route(listTeamsOperation, (ctx, { query }) => listTeams(ctx, query)),
)
