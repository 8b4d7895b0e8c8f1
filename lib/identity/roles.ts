import { and, eq, isNull } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { people, roleAssignments } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import type { Role } from '@/lib/core/principal'
import { announceChange, forget } from './changes'
import { personFacts } from './facts'
import { requireEnvironments, requirePrincipal, requireTeam } from './queries'
import { roleInput } from './resources'

export interface AssignedRole {
  id: string
  role: Role
  team: string | null
  environment: string | null
}

interface WantedRole {
  role: Role
  team: string | null
  environment: string | null
}

/** Writes an assignment unless the very same one is there. `pointer` is where the body names team and environment. */
export async function grantRole(
  tx: Transaction,
  principalId: string,
  { role, team, environment }: WantedRole,
  createdBy: string,
  pointer = '',
): Promise<AssignedRole> {
  await requireEnvironments(environment === null ? [] : [environment], `${pointer}/environment`, tx)
  const teamId = team === null ? null : (await requireTeam(team, `${pointer}/team`, tx)).id
  const [held] = await tx
    .select({ id: roleAssignments.id })
    .from(roleAssignments)
    .where(
      and(
        eq(roleAssignments.principalId, principalId),
        eq(roleAssignments.role, role),
        teamId === null ? isNull(roleAssignments.teamId) : eq(roleAssignments.teamId, teamId),
        environment === null
          ? isNull(roleAssignments.environment)
          : eq(roleAssignments.environment, environment),
      ),
    )
  if (held) return { id: held.id, role, team, environment }
  const id = newId()
  await tx.insert(roleAssignments).values({ id, principalId, role, teamId, environment, createdBy })
  return { id, role, team, environment }
}

/** Gives a person or a service account a role. Errors: `forbidden`, `not_found`, `invalid`. */
export async function assignRole(ctx: Context, principalId: string, input: unknown): Promise<AssignedRole> {
  await authorizeAtAll(ctx, 'people:manage')
  const wanted = parseInput(roleInput, input)
  const principal = await requirePrincipal(principalId)
  const facts = personFacts(principal)
  const decision = await authorize(ctx, 'people:manage', facts)
  const assigned = await withTransaction(async (tx) => {
    const made = await grantRole(tx, principal.id, wanted, ctx.actor.id)
    await record(tx, ctx, {
      action: 'people:manage',
      resource: facts,
      decision,
      after: made,
      environment: null,
    })
    await announceChange(tx)
    return made
  })
  forget()
  return assigned
}

/** Built in: an installation without an administrator could never get one again. */
export async function refuseLastAdministrator(tx: Transaction, principalId: string): Promise<void> {
  const left = await tx
    .select({ id: roleAssignments.id, principalId: roleAssignments.principalId })
    .from(roleAssignments)
    .innerJoin(people, and(eq(people.id, roleAssignments.principalId), isNull(people.disabledAt)))
    .where(
      and(
        eq(roleAssignments.role, 'administrator'),
        isNull(roleAssignments.teamId),
        isNull(roleAssignments.environment),
      ),
    )
    .for('update')
  if (left.length > 1 || left[0]?.principalId !== principalId) return
  throw new DomainError('conflict', 'This is the last administrator. Make somebody else one first.')
}

/** Takes a role away, in force at once. Errors: `forbidden`, `not_found`, `conflict` for the last administrator. */
export async function removeRole(
  ctx: Context,
  { id, assignment, ifMatch }: { id: string; assignment: string; ifMatch: string | null },
): Promise<void> {
  await authorizeAtAll(ctx, 'people:manage')
  requireMatch(ifMatch)
  const principal = await requirePrincipal(id)
  const facts = personFacts(principal)
  const decision = await authorize(ctx, 'people:manage', facts)
  await withTransaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(roleAssignments)
      .where(and(eq(roleAssignments.id, assignment), eq(roleAssignments.principalId, principal.id)))
    if (!row) throw missing('person', `${id} with role assignment ${assignment}`)
    const isGlobal = row.teamId === null && row.environment === null
    if (row.role === 'administrator' && isGlobal) await refuseLastAdministrator(tx, principal.id)
    await tx.delete(roleAssignments).where(eq(roleAssignments.id, row.id))
    const before = { role: row.role, team_id: row.teamId, environment: row.environment }
    await record(tx, ctx, { action: 'people:manage', resource: facts, decision, before, environment: null })
    await announceChange(tx)
  })
  forget()
}
