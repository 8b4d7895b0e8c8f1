import { sql } from '@/db/client'

/** One process at a time loads, replays or removes the sample; the others wait. The lock ends with its process. */
export async function withSampleLock<T>(work: () => Promise<T>): Promise<T> {
  const connection = await sql().reserve()
  try {
    await connection`select pg_advisory_lock(hashtextextended('almanac sample', 0))`
    try {
      return await work()
    } finally {
      await connection`select pg_advisory_unlock(hashtextextended('almanac sample', 0))`
    }
  } finally {
    connection.release()
  }
}
