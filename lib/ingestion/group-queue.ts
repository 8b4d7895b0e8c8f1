import { singleton } from '@/lib/core/singleton'

const tails = () => singleton('groupQueues', () => new Map<string, Promise<void>>())

/**
 * Runs the commits of one group one after the other within this process. They would wait for each other's lock anyway,
 * but in the database each of them would hold a connection that other groups and pages need.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = tails().get(name) ?? Promise.resolve()
  const own = before.then(work)
  const tail = own.then(
    () => {},
    () => {},
  )
  tails().set(name, tail)
  try {
    return await own
  } finally {
    if (tails().get(name) === tail) tails().delete(name)
  }
}
