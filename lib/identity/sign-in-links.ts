import { and, eq, gt, isNull } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { people, signInLinks } from '@/db/schema'
import { toInstant } from './instants'
import { digest, newToken } from './secrets'

const linkMilliseconds = 24 * 60 * 60 * 1000

/** A link that signs one person in, once. `path` goes behind the portal's origin. */
export interface SignInLink {
  path: string
  expiresAt: string
}

/** Makes a link for a person; earlier ones that were not used end. */
export async function createSignInLink(tx: Executor, personId: string, now: Date): Promise<SignInLink> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + linkMilliseconds).toISOString()
  await tx.delete(signInLinks).where(and(eq(signInLinks.personId, personId), isNull(signInLinks.usedAt)))
  await tx.insert(signInLinks).values({ tokenHash: digest(token), personId, expiresAt })
  return { path: `/sign-in/link?token=${token}`, expiresAt }
}

const isOpen = (token: string, now: Date) =>
  and(
    eq(signInLinks.tokenHash, digest(token)),
    isNull(signInLinks.usedAt),
    gt(signInLinks.expiresAt, now.toISOString()),
  )

/** Whom a link would sign in, without using it up: previews of mail programs open links too. */
export async function peekSignInLink(token: string, now: Date) {
  const [row] = await db()
    .select({ name: people.name, email: people.email, expiresAt: signInLinks.expiresAt })
    .from(signInLinks)
    .innerJoin(people, eq(people.id, signInLinks.personId))
    .where(and(isOpen(token, now), isNull(people.disabledAt)))
  return row ? { ...row, expiresAt: toInstant(row.expiresAt) } : null
}

/** Uses a link up and returns the person's id; null when it is unknown, used or too old. Of two at once one wins. */
export async function useUpSignInLink(tx: Executor, token: string, now: Date): Promise<string | null> {
  const [row] = await tx
    .update(signInLinks)
    .set({ usedAt: now.toISOString() })
    .where(isOpen(token, now))
    .returning({ personId: signInLinks.personId })
  return row?.personId ?? null
}
