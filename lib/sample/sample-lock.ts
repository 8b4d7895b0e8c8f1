import { openSession } from '@/db/client'

/** One process at a time loads, replays or removes the sample; the others wait. The lock ends with its process. */
export async function withSampleLock<T>(work: () => Promise<T>): Promise<T> {
  const session = openSession()
  try {
    await session`select pg_advisory_lock(hashtextextended('almanac sample', 0))`
    return await work()
  } finally {
    await session.end({ timeout: 5 })
  }
}
