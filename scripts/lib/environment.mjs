import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { homeFolder, makeHome } from './paths.mjs'
import { startPostgres } from './postgres.mjs'
import { Refusal } from './report.mjs'

/** The key that signs sessions: made once per home, so that a restart signs nobody out. */
function sessionSecret(home) {
  const file = join(home, 'run', 'session-secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Asks a database that somebody else runs whether it is there, and says in words what is wrong. */
async function checkDatabase(url) {
  const { default: postgres } = await import('postgres')
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    const [row] = await sql`select current_setting('server_version_num')::int as version`
    if (row.version < 160000) throw new Refusal('Almanac needs PostgreSQL 16 or newer.')
  } catch (error) {
    if (error instanceof Refusal) throw error
    const { host } = new URL(url)
    throw new Refusal(
      `DATABASE_URL points to ${host}, which answered: ${error.message || error.code}\nStart that server or correct the URL; without DATABASE_URL Almanac brings its own.`,
    )
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/**
 * The environment that every part of the product runs with: { env, ownerUrl, told }. With DATABASE_URL that
 * server is used, else the home's own is found or started. `ownerUrl` is for migrations alone.
 */
export async function prepareEnvironment({ log = () => {} } = {}) {
  const home = homeFolder()
  await makeHome(home)
  const given = process.env.DATABASE_URL || undefined
  if (given) await checkDatabase(given)
  const embedded = given ? null : await startPostgres({ home, log })
  if (embedded?.note) log(embedded.note)
  const url = given ?? embedded.url
  const env = {
    ALMANAC_HOME: home,
    DATABASE_URL: url,
    // The running parts never hold the right to migrate.
    DATABASE_OWNER_URL: undefined,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? sessionSecret(home),
    AUTH_TRUST_HOST: process.env.AUTH_TRUST_HOST ?? 'true',
  }
  const told = given
    ? `using ${new URL(given).host}`
    : `${embedded.started ? 'started' : 'running'} on port ${embedded.port}`
  return { env, ownerUrl: embedded?.ownerUrl ?? (process.env.DATABASE_OWNER_URL || url), told }
}
