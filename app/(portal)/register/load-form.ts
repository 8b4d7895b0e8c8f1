import { authorizeAtAll } from '@/lib/audit'
import type { Action } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { listTeams } from '@/lib/identity'
import { formRules } from '@/lib/registry'

/** What every form of registration needs: the teams that may own, and the organisation's rules. */
export const loadForm = (action: Action, environment?: string | string[]) =>
  load(async (ctx) => {
    await authorizeAtAll(ctx, action)
    const own = ctx.actor.teams.map((membership) => membership.team)
    const isAdministrator = ctx.actor.roles.some(({ role }) => role === 'administrator')
    const teams = isAdministrator ? (await listTeams(ctx, { limit: 200 })).data.map((team) => team.name) : own
    const rules = await formRules(ctx)
    return { teams: [...new Set([...own, ...teams])], rules, environment: ctx.environment }
  }, environment)
