import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { canI, listPeople, listTeams } from '@/lib/identity'

/** A page of teams; with `open` one of them, whether the reader may change its members, and whom they could add. */
export async function loadTeams(ctx: Context, input: object, open: string | undefined) {
  const teams = await listTeams(ctx, input)
  const mayMake = decide(ctx, 'people:manage', systemResource).allowed
  const opened = teams.data.find(({ name }) => name === open)
  if (!opened) return { teams, mayMake, opened: null, because: null, candidates: [], isMember: false }
  const can = await canI(ctx, { action: 'people:manage', resource: `team:${opened.name}` })
  const people = mayMake ? (await listPeople(ctx, { limit: 200 })).data : []
  const members = new Set(opened.members.map(({ id }) => id))
  return {
    teams,
    mayMake,
    opened,
    isMember: members.has(ctx.actor.id),
    because: can.allowed ? null : can.rule,
    candidates: people.filter(({ id }) => !members.has(id)).map(({ email, name }) => ({ email, name })),
  }
}
