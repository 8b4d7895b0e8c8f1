import { AsyncLocalStorage } from 'node:async_hooks'
import type { Socket } from 'node:net'
import type { PgTransactionConfig } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '@/lib/core/env'
import { wasInTheWay } from '@/lib/core/error-codes'
import { singleton } from '@/lib/core/singleton'

export type Database = PostgresJsDatabase<Record<string, never>>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
/** Anything that queries can run on: the pool or an open transaction. */
export type Executor = Database | Transaction

const poolSize = 10
const hotPoolSize = 8
const outsidePoolSize = 2
const mostAttempts = 3
const asText = (value: string) => value

/** Times stay ISO-like text with microseconds: a Date would cut them to milliseconds. */
const timeAsText = {
  to: 25,
  from: [1082, 1083, 1114, 1184],
  serialize: asText,
  parse: asText,
}

function connect(max: number, more: postgres.Options<Record<string, never>> = {}) {
  const { DATABASE_URL } = env()
  if (!DATABASE_URL) {
    throw new Error(
      'DATABASE_URL is not set. `npm start` and `npm run almanac` set it for the embedded database.',
    )
  }
  return postgres(DATABASE_URL, {
    max,
    types: { time: timeAsText },
    connect_timeout: 10,
    // A database that was away is found again within seconds.
    backoff: (retries: number) => Math.min(0.1 * 2 ** retries, 2),
    connection: { application_name: 'almanac', TimeZone: 'UTC' },
    onnotice: () => {},
    ...more,
  })
}

interface Pools {
  client: postgres.Sql | undefined
  hot: postgres.Sql | undefined
  database: Database | undefined
  shared: postgres.Sql | undefined
  outside: postgres.Sql | undefined
}

/** The pools live once per process; after closeDatabase() the next use connects anew. */
const pools = () =>
  singleton<Pools>('database', () => ({
    client: undefined,
    hot: undefined,
    database: undefined,
    shared: undefined,
    outside: undefined,
  }))

/** A transaction around the caller; `open` ends with it: what was begun in it and outlives it goes to the pool. */
interface Enclosing {
  tx: Executor
  open: boolean
}

const enclosing = () => singleton('database-enclosing', () => new AsyncLocalStorage<Enclosing>())

/** What Drizzle calls a database and a transaction differ by `$client` and `rollback`, which nobody here uses. */
const asDatabase = (tx: Executor): Database => tx as Database

/**
 * The process's database. Every domain reads and writes through it or through a transaction of it. Within
 * `inOneTransaction` it is that transaction.
 */
export function db(): Database {
  const around = enclosing().getStore()
  if (around?.open) return asDatabase(around.tx)
  const held = pools()
  held.client ??= connect(poolSize)
  held.database ??= drizzle(held.client, { casing: 'snake_case' })
  return held.database
}

/**
 * postgres.js itself on a pool of its own, for hot paths: prepared statements, no query builder, and no waiting
 * behind pages and jobs. int8 and times arrive as text.
 */
export function sql(): postgres.Sql {
  const held = pools()
  held.hot ??= connect(hotPoolSize)
  return held.hot
}

/**
 * One connection of its own, for advisory locks, which live as long as it; its user ends it. When it is lost, its locks
 * are, and the next query connects anew. Never `reserve()` one of a pool for that: a reserved connection that is lost
 * hangs with its next query, and poisons the pool when it is released (postgres.js 3.4.9).
 */
export const openSession = (): postgres.Sql => connect(1, { max_lifetime: null })

/** What postgres.js hands to who makes its socket: not in its types. */
interface Address {
  host: string[]
  port: number[]
  path?: string | false
}

/** A connection of its own over a socket that the caller makes and may take over; null where it would be encrypted. */
export function openClient(socket: (address: Address) => Socket): postgres.Sql | null {
  const options = { max_lifetime: null, fetch_types: false, socket }
  const client = connect(1, options)
  return client.options.ssl ? null : client
}

/** The one such connection that the whole process shares, never ended before the process. */
export function sharedSession(): postgres.Sql {
  const held = pools()
  held.shared ??= openSession()
  return held.shared
}

/** Runs `work` in one transaction (within another one, in a savepoint); anything it throws rolls all of it back. */
export const withTransaction = <T>(
  work: (tx: Transaction) => Promise<T>,
  config?: PgTransactionConfig,
): Promise<T> => db().transaction(work, config)

/**
 * Runs several use cases, their reads too, as one transaction: each of them finds what those before it did, and
 * anything that `work` throws rolls all of it back. Within it acts follow one another; they never run side by side.
 * When PostgreSQL ends it because it was in another's way, `work` is done anew.
 */
export async function inOneTransaction<T>(work: () => Promise<T>): Promise<T> {
  const isInner = enclosing().getStore()?.open === true
  for (let attempt = 1; ; attempt++) {
    try {
      return await withTransaction((tx) => through(tx, work))
    } catch (error) {
      if (isInner || attempt === mostAttempts || !wasInTheWay(error)) throw error
    }
  }
}

/** Runs `work` with `tx` as its `db()`: for what cannot be handed the transaction that it belongs to. */
export async function through<T>(tx: Executor, work: () => Promise<T>): Promise<T> {
  const around = { tx, open: true }
  try {
    return await enclosing().run(around, work)
  } finally {
    around.open = false
  }
}

/**
 * Runs `work` outside of the transaction around the caller: it stays when that is rolled back. It has connections of
 * its own, since the caller's transaction, and others like it, may hold all of the pool; so it is never nested.
 */
export function outsideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const held = pools()
  held.outside ??= connect(outsidePoolSize)
  return through(drizzle(held.outside, { casing: 'snake_case' }), work)
}

/** postgres.js under an open Drizzle transaction, for bulk statements (unnest) in the same transaction. */
export function rawClient(tx: Transaction): postgres.TransactionSql {
  // Drizzle's postgres-js session keeps the client that postgres.js handed to begin() as `client`.
  return Reflect.get(Reflect.get(tx, 'session'), 'client') as postgres.TransactionSql
}

/**
 * Calls `onMessage` for every NOTIFY on the channel. The connection is its own and comes back by itself;
 * `onListening` runs at each (re)connection, when messages may have been missed.
 */
export async function listen(
  channel: string,
  onMessage: (payload: string) => void,
  onListening: () => void = () => {},
): Promise<{ stop: () => Promise<void> }> {
  const { unlisten } = await sql().listen(channel, onMessage, onListening)
  return { stop: unlisten }
}

const closers = () => singleton('databaseClosers', () => new Set<() => Promise<void>>())

/** Has closeDatabase() end what was opened beside the pools. */
export const whenClosing = (close: () => Promise<void>): void => void closers().add(close)

/** Ends the pools, the shared session and what else was opened, after their running queries. */
export async function closeDatabase(): Promise<void> {
  const others = [...closers()]
  closers().clear()
  await Promise.all(others.map((close) => close()))
  const held = pools()
  const open = [held.client, held.hot, held.shared, held.outside]
  held.client = undefined
  held.hot = undefined
  held.shared = undefined
  held.outside = undefined
  held.database = undefined
  await Promise.all(open.map((client) => client?.end({ timeout: 5 })))
}
