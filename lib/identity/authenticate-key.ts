import type { Subject } from '@/lib/authz'
import { hearChanges } from './changes'
import { keptKey, keyOf } from './kept-keys'
import { noteKeyUse } from './key-use'
import { digest, looksLikeKey } from './secrets'

/** A key that was found is worth something only until it expires; its use is noted. */
function usable(actor: Subject | null): Subject | null {
  if (actor?.kind !== 'apiKey') return null
  if (actor.expiresAt !== null && actor.expiresAt.getTime() <= Date.now()) return null
  noteKeyUse(actor.keyId)
  return actor
}

/** `authenticateKey` without waiting: null where that would have to look the key up, or refuse it. */
export function knownKey(secret: string): Subject | null {
  return looksLikeKey(secret) ? usable(keptKey(digest(secret)) ?? null) : null
}

/**
 * The actor behind an API key: its owner's rights with the key's limits; null when it is unknown, revoked or
 * expired. Kept for at most five seconds; a revocation is heard at once.
 */
export async function authenticateKey(secret: string): Promise<Subject | null> {
  if (!looksLikeKey(secret)) return null
  hearChanges()
  return usable(await keyOf(digest(secret)))
}
