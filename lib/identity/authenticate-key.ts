import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { apiKeys, people, serviceAccounts } from '@/db/schema'
import type { Subject } from '@/lib/authz'
import { hearChanges } from './changes'
import { warmHelpDirectory } from './help-directory'
import { toDate } from './instants'
import { noteKeyUse } from './key-use'
import { loadRights } from './load-subject'
import { remember, remembered } from './remember'
import { digest, looksLikeKey } from './secrets'

type KeyRow = typeof apiKeys.$inferSelect

/** The owner's name, or null when the owner is gone or disabled: its keys are then worth nothing. */
async function ownerName({ ownerKind, ownerId }: KeyRow): Promise<string | null> {
  const table = ownerKind === 'person' ? people : serviceAccounts
  const [row] = await db()
    .select({ name: table.name })
    .from(table)
    .where(and(eq(table.id, ownerId), isNull(table.disabledAt)))
  return row?.name ?? null
}

/** The owner's rights with the key's limits; null when the owner is gone. */
export async function keyActor(key: KeyRow): Promise<Subject | null> {
  const [name, rights] = await Promise.all([
    ownerName(key),
    loadRights(key.ownerId, key.id),
    warmHelpDirectory(),
  ])
  if (name === null) return null
  return {
    kind: 'apiKey',
    id: key.ownerId,
    name,
    ...rights,
    keyId: key.id,
    keyName: key.name,
    scopes: key.scopes,
    environments: key.environments,
    groups: key.groups,
    expiresAt: key.expiresAt === null ? null : toDate(key.expiresAt),
  }
}

async function load(hash: string): Promise<Subject | null> {
  const [key] = await db()
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.secretHash, hash), isNull(apiKeys.revokedAt)))
  return key ? keyActor(key) : null
}

/** A key that was found is worth something only until it expires; its use is noted. */
function usable(actor: Subject | null): Subject | null {
  if (actor?.kind !== 'apiKey') return null
  if (actor.expiresAt !== null && actor.expiresAt.getTime() <= Date.now()) return null
  noteKeyUse(actor.keyId)
  return actor
}

/** `authenticateKey` without waiting: null where that would have to look the key up, or refuse it. */
export function knownKey(secret: string): Subject | null {
  return looksLikeKey(secret) ? usable(remembered<Subject | null>('keys', digest(secret)) ?? null) : null
}

/**
 * The actor behind an API key: its owner's rights with the key's limits; null when it is unknown, revoked or
 * expired. Kept for at most five seconds; a revocation is heard at once.
 */
export async function authenticateKey(secret: string): Promise<Subject | null> {
  if (!looksLikeKey(secret)) return null
  hearChanges()
  const hash = digest(secret)
  return usable(await remember('keys', hash, () => load(hash)))
}
