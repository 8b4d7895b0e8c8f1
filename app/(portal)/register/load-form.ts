import { authorizeAtAll } from '@/lib/audit'
import type { Action } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { formRules } from '@/lib/registry'
import { ownerTeams } from '../owner-teams'

/** What every form of registration needs: the teams that may own, and the organisation's rules. */
export const loadForm = (action: Action, environment?: string | string[]) =>
  load(async (ctx) => {
    await authorizeAtAll(ctx, action)
    const rules = await formRules(ctx)
    return { teams: await ownerTeams(ctx), rules, environment: ctx.environment }
  }, environment)
