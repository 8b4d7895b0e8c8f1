import type { ReservedSql } from 'postgres'
import { sql } from '@/db/client'
import { singleton } from '@/lib/core/singleton'

/**
 * A claim in progress is an advisory lock of one session that the whole process shares: when the process dies, its
 * session ends and every claim is free at once. The session goes back to the pool when nothing is claimed.
 */
interface Liveness {
  session: Promise<ReservedSql> | null
  /** Claims of this process; the promise ends with the claim. Locks are re-entrant, so this holds the process apart. */
  held: Map<string, { ended: Promise<void>; end: () => void }>
}

const liveness = () => singleton<Liveness>('idempotencyLiveness', () => ({ session: null, held: new Map() }))

/** 63 bits of the scope's hash. */
const lockKey = (scope: string): string => (BigInt(`0x${scope.slice(0, 16)}`) >> 1n).toString()

async function tryLock(scope: string): Promise<boolean> {
  const state = liveness()
  state.session ??= sql().reserve()
  const reserved = state.session
  try {
    const session = await reserved
    const [row] = await session`select pg_try_advisory_lock(${lockKey(scope)}::bigint) as locked`
    return row?.locked === true
  } catch (error) {
    // A lost session has lost its locks too; the next claim takes another.
    if (state.session === reserved) state.session = null
    throw error
  }
}

async function unlock(scope: string): Promise<void> {
  const { session } = liveness()
  const open = await session?.catch(() => null)
  if (!open) return
  // On a lost session nothing is locked any more.
  await open`select pg_advisory_unlock(${lockKey(scope)}::bigint)`.catch(() => undefined)
}

async function releaseSessionWhenIdle(): Promise<void> {
  const state = liveness()
  if (state.held.size > 0 || !state.session) return
  const idle = state.session
  state.session = null
  const open = await idle.catch(() => null)
  open?.release()
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
    if (!locked) await drop(scope)
  }
  return locked ? { held: true } : { held: false, ended: null }
}

async function drop(scope: string): Promise<void> {
  const { held } = liveness()
  const entry = held.get(scope)
  held.delete(scope)
  entry?.end()
  await releaseSessionWhenIdle()
}

/** Ends a claim that tryHold gave. */
export async function letGo(scope: string): Promise<void> {
  await unlock(scope)
  await drop(scope)
}
