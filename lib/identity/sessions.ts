import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { people, sessions } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { announceChange, forget } from './changes'
import { sessionSeconds } from './session-cookie'

/** Where somebody signs in from, as far as it is known. */
export interface SignInPlace {
  address: string | null
  userAgent: string | null
  now: Date
}

export interface OpenSession {
  id: string
  personId: string
  name: string
  email: string
}

const mostCharacters = 500

export async function openSession(
  tx: Executor,
  person: { id: string; name: string; email: string },
  place: SignInPlace,
): Promise<OpenSession> {
  const id = newId()
  await tx.insert(sessions).values({
    id,
    personId: person.id,
    address: place.address?.slice(0, mostCharacters) ?? null,
    userAgent: place.userAgent?.slice(0, mostCharacters) ?? null,
    expiresAt: new Date(place.now.getTime() + sessionSeconds * 1000).toISOString(),
  })
  return { id, personId: person.id, name: person.name, email: person.email }
}

/** The person behind a session that is open, or null. */
export async function findSession(id: string) {
  const [row] = await db()
    .select({ id: people.id, name: people.name, email: people.email })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(
      and(
        eq(sessions.id, id),
        isNull(sessions.revokedAt),
        isNull(people.disabledAt),
        gt(sessions.expiresAt, sql`now()`),
      ),
    )
  return row ?? null
}

/** Once a minute is often enough to show when somebody was last here. */
export async function noteSessionUse(id: string): Promise<void> {
  await db()
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, sql`now() - interval '1 minute'`)))
}

/** Ends a session everywhere. Ending one that is not open changes nothing. */
export async function closeSession(id: string): Promise<void> {
  await db()
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)))
  await announceChange(db())
  forget()
}
