import postgres from 'postgres'
import { sourceConnectionUrl } from '@/lib/core/env'
import { isOwnDatabase } from './own-database'
import { explainTable } from './table-errors'
import { refuseSource, type TableInput } from './table-input'

const connectSeconds = 10
const catalogueMilliseconds = 30_000

function urlOf({ name, connection }: TableInput): string {
  const { variable, url } = sourceConnectionUrl(connection)
  if (url === null)
    throw refuseSource(name, `there is no connection \`${connection}\`: ${variable} is not set.`)
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw refuseSource(name, `${variable} is not of the form postgresql://role:password@host:port/database.`)
  return url
}

const connect = (url: string) =>
  postgres(url, {
    // The second one is for cancelling the first.
    max: 2,
    connect_timeout: connectSeconds,
    fetch_types: false,
    prepare: false,
    onnotice: () => {},
    connection: { application_name: 'almanac', TimeZone: 'UTC' },
  })

/** One look at a database: a read-only transaction that sees everything as of one instant. */
export interface Snapshot {
  tx: postgres.TransactionSql
  /** Whatever follows may take so long. */
  limit: (milliseconds: number) => Promise<void>
}

async function prepare(tx: postgres.TransactionSql): Promise<Snapshot['limit']> {
  // Texts of values must mean the same whatever the database's settings are.
  await tx`select set_config('DateStyle', 'ISO, YMD', true), set_config('extra_float_digits', '1', true),
    set_config('bytea_output', 'hex', true), set_config('TimeZone', 'UTC', true),
    set_config('lock_timeout', '30s', true), set_config('cursor_tuple_fraction', '1', true)`
  const limit = async (milliseconds: number) => {
    await tx`select set_config('statement_timeout', ${String(Math.ceil(milliseconds))}, true)`
  }
  await limit(catalogueMilliseconds)
  return limit
}

/**
 * Runs `work` in one repeatable-read, read-only transaction of the source's connection. When the signal fires, the
 * statement under way is cancelled on the server. Errors: conflict (the connection, the role), unavailable.
 */
export async function inSnapshot<T>(
  input: TableInput,
  signal: AbortSignal,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const url = urlOf(input)
  const sql = connect(url)
  let pid: number | null = null
  const cancel = () => {
    // When even this does not reach the server, the end of the connection does.
    if (pid !== null) sql`select pg_cancel_backend(${pid})`.catch(() => sql.end({ timeout: 0 }))
  }
  signal.addEventListener('abort', cancel)
  try {
    if (await isOwnDatabase(url, sql))
      throw refuseSource(
        input.name,
        `connection \`${input.connection}\` reaches Almanac’s own database with its own rights; use a role that may read the tables alone.`,
      )
    return (await sql.begin('isolation level repeatable read read only', async (tx) => {
      const [own] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
      pid = own?.pid ?? null
      return work({ tx, limit: await prepare(tx) })
    })) as T
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw explainTable(input, error)
  } finally {
    pid = null
    signal.removeEventListener('abort', cancel)
    await sql.end({ timeout: 1 })
  }
}
