import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkDatabase } from './database-check.mjs'
import { homeFolder, makeHome } from './paths.mjs'
import { startPostgres } from './postgres.mjs'

/** The key that signs sessions: made once per home, so that a restart signs nobody out. */
function sessionSecret(home) {
  const file = join(home, 'run', 'session-secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/**
 * The environment that every part of the product runs with: { env, ownerUrl, told }. With DATABASE_URL that
 * server is used, else the home's own is found or started. `ownerUrl` is for migrations alone.
 */
export async function prepareEnvironment({ log = () => {} } = {}) {
  const home = homeFolder()
  await makeHome(home)
  const given = process.env.DATABASE_URL || undefined
  if (given) await checkDatabase(given, process.env.DATABASE_OWNER_URL || undefined)
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
