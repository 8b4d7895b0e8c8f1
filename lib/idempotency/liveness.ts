import { sharedSession } from '@/db/client'
import { singleton } from '@/lib/core/singleton'

/**
 * A claim in progress is an advisory lock of one session that the whole process shares: when the process dies, its
 * session ends and every claim is free at once. When the session is lost, so are its locks; then only the guard of the
 * kept answers stands between two processes.
 */
interface Liveness {
  /** Claims of this process; the promise ends with the claim. Locks are re-entrant, so this holds the process apart. */
  held: Map<string, { ended: Promise<void>; end: () => void }>
}

const liveness = () => singleton<Liveness>('idempotencyLiveness', () => ({ held: new Map() }))

/** 63 bits of the scope's hash. */
const lockKey = (scope: string): string => (BigInt(`0x${scope.slice(0, 16)}`) >> 1n).toString()

async function tryLock(scope: string): Promise<boolean> {
  const [row] = await sharedSession()`select pg_try_advisory_lock(${lockKey(scope)}::bigint) as locked`
  return row?.locked === true
}

/** Takes the claim, or returns what to wait for: the end of this process's own claim, or null for another process's. */
export async function tryHold(
  scope: string,
): Promise<{ held: true } | { held: false; ended: Promise<void> | null }> {
  const { held } = liveness()
  const present = held.get(scope)
  if (present) return { held: false, ended: present.ended }
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  held.set(scope, { ended, end })
  let locked = false
  try {
    locked = await tryLock(scope)
  } finally {
    if (!locked) drop(scope)
  }
  return locked ? { held: true } : { held: false, ended: null }
}

function drop(scope: string): void {
  const { held } = liveness()
  const entry = held.get(scope)
  held.delete(scope)
  entry?.end()
}

/** Ends a claim that tryHold gave. */
export async function letGo(scope: string): Promise<void> {
  // Where the session was lost nothing is locked any more, and a database that is away holds nothing either.
  await sharedSession()`select pg_advisory_unlock(${lockKey(scope)}::bigint)`.catch(() => undefined)
  drop(scope)
}
