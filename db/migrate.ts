import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Any number that only Almanac's migrations lock. */
const lockKey = 4_171_982_001

export interface MigrateOptions {
  /** The role that owns the tables. */
  ownerUrl: string
  /** The role that runs; the same URL twice means one role, whose audit rows are then guarded by triggers alone. */
  runtimeUrl: string
  /** The folder of generated migrations; db/migrations of the working directory unless told. */
  folder?: string
}

const roleOf = (url: string) => decodeURIComponent(new URL(url).username)

async function countApplied(client: postgres.Sql): Promise<number> {
  const [found] = await client`select to_regclass('drizzle.__drizzle_migrations') is not null as present`
  if (!found?.present) return 0
  const [row] = await client`select count(*)::int as applied from drizzle.__drizzle_migrations`
  return row?.applied ?? 0
}

async function readTags(folder: string): Promise<string[]> {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(join(folder, 'meta', '_journal.json'), 'utf8'),
  )
  return journal.entries.map((entry) => entry.tag)
}

/** The running role reads and writes rows; what the append-only trigger guards it can only add to. */
async function grantRuntime(client: postgres.Sql, role: string): Promise<void> {
  await client.begin(async (tx) => {
    const name = tx(role)
    await tx`grant usage on schema public to ${name}`
    await tx`grant select, insert, update, delete on all tables in schema public to ${name}`
    await tx`grant usage, select, update on all sequences in schema public to ${name}`
    const guarded = await tx`
      select distinct c.relname as table from pg_trigger t
      join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'almanac_append_only' and c.relnamespace = 'public'::regnamespace`
    for (const { table } of guarded) await tx`revoke update, delete, truncate on ${tx(table)} from ${name}`
  })
}

/**
 * Brings the database to the newest schema and returns the names of the migrations that it applied.
 * One connection under an advisory lock: two starts at once wait for each other.
 */
export async function migrate({
  ownerUrl,
  runtimeUrl,
  folder = resolve('db/migrations'),
}: MigrateOptions): Promise<string[]> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await client`select pg_advisory_lock(${lockKey})`
    const before = await countApplied(client)
    await applyMigrations(drizzle(client), { migrationsFolder: folder })
    const after = await countApplied(client)
    const role = roleOf(runtimeUrl)
    if (role !== roleOf(ownerUrl)) await grantRuntime(client, role)
    return (await readTags(folder)).slice(before, after)
  } finally {
    await client.end({ timeout: 5 })
  }
}
