import { defineRoutes, json, noContent, route } from '@/lib/http'
import { deleteTeam, getTeam, updateTeam } from '@/lib/identity'
import { deleteTeamOperation, getTeamOperation, updateTeamOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getTeamOperation, async (ctx, { params }) => {
    const team = await getTeam(ctx, params.name)
    return json(200, team, { etag: team.etag })
  }),
  route(updateTeamOperation, async (ctx, { params, body, headers }) => {
    const team = await updateTeam(ctx, params.name, await body(), headers.get('if-match'))
    return json(200, team, { etag: team.etag })
  }),
  route(deleteTeamOperation, async (ctx, { params, headers }) => {
    await deleteTeam(ctx, params.name, headers.get('if-match'))
    return noContent()
  }),
)
