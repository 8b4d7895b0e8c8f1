import { and, eq, isNull } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { apiKeys, people, sessions, signInLinks } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { announceChange, forget } from './changes'
import { tellWhenDeserted } from './deserted'
import { personFacts } from './facts'
import { getPerson, requirePerson } from './people'
import { type PersonResource, personStateInput } from './resources'
import { refuseLastAdministrator } from './roles'

/** Everything that lets somebody in: open sessions, keys, links that were not used. Returns how many of each ended. */
async function endAccess(tx: Transaction, personId: string, now: string) {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.personId, personId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  const revoked = await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.ownerKind, 'person'), eq(apiKeys.ownerId, personId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  await tx.delete(signInLinks).where(and(eq(signInLinks.personId, personId), isNull(signInLinks.usedAt)))
  return { sessions_ended: ended.length, keys_revoked: revoked.length }
}

async function change(
  ctx: Context,
  id: string,
  input: unknown,
  act: (tx: Transaction, isDisabled: boolean) => Promise<object>,
): Promise<PersonResource> {
  await authorizeAtAll(ctx, 'people:manage')
  const { reason } = parseInput(personStateInput, input ?? {})
  const person = await requirePerson(id)
  const facts = personFacts(person)
  const decision = await authorize(ctx, 'people:manage', facts)
  await withTransaction(async (tx) => {
    const [held] = await tx.select().from(people).where(eq(people.id, id)).for('update')
    const before = { disabled_at: held?.disabledAt ?? null }
    const after = await act(tx, before.disabled_at !== null)
    await record(tx, ctx, {
      action: 'people:manage',
      resource: facts,
      decision,
      before,
      after,
      environment: null,
      ...(reason === undefined ? {} : { reason }),
    })
    await announceChange(tx)
  })
  forget()
  return getPerson(ctx, id)
}

/**
 * Shuts somebody out, at once and everywhere: open sessions end, their API keys and unused sign-in links are revoked.
 * Roles and memberships stay for the day they come back. Errors: `forbidden`, `not_found`, `conflict` for the last
 * administrator, for oneself and for who is disabled already.
 */
export const disablePerson = (ctx: Context, id: string, input: unknown): Promise<PersonResource> =>
  change(ctx, id, input, async (tx, isDisabled) => {
    if (isDisabled) throw new DomainError('conflict', 'This person is disabled already.')
    if (ctx.actor.id === id)
      throw new DomainError('conflict', 'Nobody disables themselves: another administrator can.')
    await refuseLastAdministrator(tx, id)
    await tellWhenDeserted(tx, ctx, id)
    const now = ctx.now().toISOString()
    await tx.update(people).set({ disabledAt: now }).where(eq(people.id, id))
    return { disabled_at: now, ...(await endAccess(tx, id, now)) }
  })

/**
 * Lets somebody in again who was disabled, with the roles and teams they had; keys and sessions that ended stay ended.
 * Errors: `forbidden`, `not_found`, `conflict` for who is not disabled.
 */
export const enablePerson = (ctx: Context, id: string, input: unknown): Promise<PersonResource> =>
  change(ctx, id, input, async (tx, isDisabled) => {
    if (!isDisabled) throw new DomainError('conflict', 'This person is not disabled.')
    await tx.update(people).set({ disabledAt: null }).where(eq(people.id, id))
    return { disabled_at: null }
  })
