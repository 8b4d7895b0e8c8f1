import type postgres from 'postgres'
import { db } from '../client'

/** How many statements the pool of use cases asks while `work` runs; begin and commit are some. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  // Drizzle keeps the client that it was made with; its options are read at each statement.
  const { options } = Reflect.get(db(), '$client') as postgres.Sql
  const before = options.debug
  let count = 0
  options.debug = () => {
    count += 1
  }
  try {
    await work()
    return count
  } finally {
    options.debug = before
  }
}
