import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { teams } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'

export interface Team {
  id: string
  name: string
}

const builtIn = 'default'

async function findTeam(name: string): Promise<Team | null> {
  const [team] = await db().select({ id: teams.id, name: teams.name }).from(teams).where(eq(teams.name, name))
  return team ?? null
}

/** The built-in team owns what belongs to nobody else; it is made when it is first needed. */
async function builtInTeam(): Promise<Team> {
  await db()
    .insert(teams)
    .values({
      id: newId(),
      name: builtIn,
      displayName: 'Default',
      description: 'Owns what no other team owns.',
    })
    .onConflictDoNothing()
  const team = await findTeam(builtIn)
  if (!team) throw new Error('The built-in team is gone.')
  return team
}

/** The team named, else the caller's only team, else the built-in one. 422 at `/owner_team` when it does not exist. */
export async function ownerTeam(ctx: Context, name: string | null | undefined): Promise<Team> {
  if (name === null || name === undefined) {
    const [only, ...others] = ctx.actor.teams
    return only && others.length === 0 ? { id: only.teamId, name: only.team } : builtInTeam()
  }
  const team = await findTeam(name)
  if (team) return team
  if (name === builtIn) return builtInTeam()
  throw invalidField('/owner_team', `There is no team \`${name}\`.`, 'unknown_team')
}
