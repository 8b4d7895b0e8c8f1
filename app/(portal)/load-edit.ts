import { authorize } from '@/lib/audit'
import type { Action, ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { load } from '@/lib/http/page-context'
import { formRules } from '@/lib/registry'
import { ownerTeams } from './owner-teams'

interface Editing<R> {
  action: Action
  name: string
  factsOf: (ctx: Context, name: string) => Promise<ResourceFacts>
  read: (ctx: Context, name: string) => Promise<R>
}

/** What every form of a change needs: the asset as it stands, the teams that may own, and the organisation's rules. */
export const loadEdit = <R>(editing: Editing<R>, environment?: string | string[]) =>
  load(async (ctx) => {
    await authorize(ctx, editing.action, await editing.factsOf(ctx, editing.name))
    const [read, teams, rules] = await Promise.all([
      editing.read(ctx, editing.name),
      ownerTeams(ctx),
      formRules(ctx),
    ])
    return { read, teams, rules }
  }, environment)
