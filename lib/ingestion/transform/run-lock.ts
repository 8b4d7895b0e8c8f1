import { setTimeout as wait } from 'node:timers/promises'
import { openSession } from '@/db/client'
import { DomainError } from '@/lib/core/errors'
import type { ServingVersion } from '@/lib/registry'

const betweenLooksMilliseconds = 500

interface Waiting {
  signal: AbortSignal
  /** Called at each look that finds another run. */
  waits: () => Promise<void>
}

/**
 * Runs `work` while no other process runs the same group's transformation: two runs would compute one window twice.
 * The lock belongs to a connection of its own, so it ends with the process that holds it.
 * @throws DomainError `in_progress` when another run holds it and nobody waits.
 */
export async function withRunLock<T>(
  version: ServingVersion,
  work: () => Promise<T>,
  waiting?: Waiting,
): Promise<T> {
  const session = openSession()
  const name = `transformation ${version.versionId} ${version.environment}`
  try {
    for (;;) {
      const [row] = await session`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held`
      if (row?.held === true) return await work()
      if (!waiting) {
        throw new DomainError('in_progress', `A run of ${version.groupName}@${version.major} is under way.`, {
          retryAfterSeconds: 5,
        })
      }
      await waiting.waits()
      await wait(betweenLooksMilliseconds, undefined, { signal: waiting.signal })
    }
  } finally {
    await session.end({ timeout: 5 })
  }
}
