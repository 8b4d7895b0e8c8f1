import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { serviceAccounts, teamMembers } from '@/db/schema'
import { authorize, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import type { Role } from '@/lib/core/principal'
import { insertApiKey } from './api-keys'
import { announceChange, forget } from './changes'
import { keyFacts } from './facts'
import { type PrincipalRow, requireTeam } from './queries'
import { apiKeyInput } from './resources'
import { grantRole } from './roles'

async function findOrMake(tx: Transaction, name: string): Promise<PrincipalRow> {
  await tx.insert(serviceAccounts).values({ id: newId(), name }).onConflictDoNothing()
  const [account] = await tx.select().from(serviceAccounts).where(eq(serviceAccounts.name, name))
  if (!account || account.disabledAt !== null) {
    throw new DomainError('conflict', `The service account ${name} is disabled.`)
  }
  return { kind: 'service', id: account.id, name: account.name }
}

/**
 * A key for a service account, which is made with the role and the membership when they are not there.
 * Returns the secret. Errors: `forbidden`, `invalid`, `conflict` for a disabled account.
 */
export async function createServiceKey(
  ctx: Context,
  wanted: { name: string; role: Role; team: string },
): Promise<string> {
  const key = parseInput(apiKeyInput, { name: wanted.name })
  const facts = keyFacts({ id: '', name: key.name, ownerId: '' })
  const decision = await authorize(ctx, 'key:create', facts)
  const secret = await withTransaction(async (tx) => {
    const account = await findOrMake(tx, key.name)
    const team = await requireTeam(wanted.team, '/team', tx)
    await tx
      .insert(teamMembers)
      .values({ teamId: team.id, principalId: account.id, membership: 'member' })
      .onConflictDoNothing()
    await grantRole(tx, account.id, { role: wanted.role, team: null, environment: null }, ctx.actor.id)
    const made = await insertApiKey(tx, account, key, ctx.actor.id)
    const after = { ...made.resource, role: wanted.role, team: wanted.team }
    await record(tx, ctx, { action: 'key:create', resource: facts, decision, after, environment: null })
    await announceChange(tx)
    return made.secret
  })
  forget()
  return secret
}
