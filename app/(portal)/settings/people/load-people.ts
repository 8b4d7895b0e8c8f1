import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getPerson, listPeople, listSessions, listTeams } from '@/lib/identity'
import { listEnvironments } from '@/lib/registry'

/** Somebody who has left since the address was kept is no failure of the list. */
async function personOrNull(ctx: Context, id: string) {
  try {
    return await getPerson(ctx, id)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

/** A page of people, and with `open` one of them with what a role can be given for. */
export async function loadPeople(ctx: Context, input: object, open: string | undefined) {
  const people = await listPeople(ctx, { ...input, state: 'all' })
  const opened = open === undefined ? null : await personOrNull(ctx, open)
  if (opened === null) return { people, opened, sessions: [], teams: [], environments: [] }
  const [sessions, teams, environments] = await Promise.all([
    listSessions(ctx, { person: opened.id }),
    listTeams(ctx, { limit: 200 }),
    listEnvironments(),
  ])
  return { people, opened, sessions: sessions.data, teams: teams.data.map(({ name }) => name), environments }
}
