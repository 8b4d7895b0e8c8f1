import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { catalogDocuments, people, roleAssignments, teamMembers, teams } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'

/** Teams of this person that own something and have nobody else who can sign in. */
async function desertedBy(tx: Transaction, personId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .innerJoin(teamMembers, and(eq(teamMembers.teamId, teams.id), eq(teamMembers.principalId, personId)))
    .where(
      and(
        sql`not exists (select 1 from ${teamMembers} other join ${people} on ${people.id} = other.principal_id
          where other.team_id = ${teams.id} and other.principal_id <> ${personId} and ${people.disabledAt} is null)`,
        sql`exists (select 1 from ${catalogDocuments} where ${catalogDocuments.teamId} = ${teams.id})`,
      ),
    )
}

/**
 * Tells administrators when somebody leaves and with them the last one of a team that owns something: what it owns has
 * to be handed to another team. Called before the membership or the person is taken away.
 */
export async function tellWhenDeserted(
  tx: Transaction,
  ctx: Context,
  personId: string,
  onlyTeamId?: string,
): Promise<void> {
  const deserted = (await desertedBy(tx, personId)).filter(
    ({ id }) => onlyTeamId === undefined || id === onlyTeamId,
  )
  if (deserted.length === 0) return
  const administrators = await tx
    .selectDistinct({ id: roleAssignments.principalId })
    .from(roleAssignments)
    .where(
      and(
        eq(roleAssignments.role, 'administrator'),
        isNull(roleAssignments.teamId),
        ne(roleAssignments.principalId, personId),
      ),
    )
  for (const { name } of deserted)
    await notify(tx, ctx, {
      kind: 'ownership',
      to: { people: administrators.map(({ id }) => id) },
      asset: { kind: 'team', name },
      title: `Nobody is left in team \`${name}\``,
      body: 'What it owns has no one to look after it: hand it to another team.',
      href: '/settings/ownership',
    })
}
