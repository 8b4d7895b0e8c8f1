import { accessSync, constants, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { isInstalled } from './lib/install.mjs'
import { nodeFault } from './lib/node-version.mjs'
import { homeFolder, makeHome } from './lib/paths.mjs'
import { wantedPort } from './lib/port.mjs'
import { postgresStatus } from './lib/postgres.mjs'
import { fail, green, red, say, yellow } from './lib/report.mjs'

const good = (text) => ({ mark: green('✓'), text })
const weak = (text) => ({ mark: yellow('!'), text })
const bad = (text) => ({ mark: red('✗'), text, failed: true })

const checkNode = () => (nodeFault() ? bad(nodeFault()) : good(`Node ${process.versions.node}`))

const checkPackages = () =>
  isInstalled()
    ? good('packages as the lock file says')
    : bad('packages differ from the lock file: npm start installs them')

async function checkHome() {
  const home = homeFolder()
  try {
    await makeHome(home)
    accessSync(home, constants.W_OK)
    return good(`${home} can be written`)
  } catch (error) {
    return bad(`${home} cannot be written (${error.code}): set ALMANAC_HOME to a folder that can`)
  }
}

const checkPort = () =>
  new Promise((resolve) => {
    const port = wantedPort()
    const probe = createServer()
    probe.once('error', () =>
      resolve(weak(`port ${port} is in use: by Almanac itself, or choose another with PORT`)),
    )
    probe.listen({ port, host: process.env.HOST || undefined }, () => {
      probe.close(() => resolve(good(`port ${port} is free`)))
    })
  })

/** Where the database is, and how far its audit is protected from the role that runs. */
async function checkDatabase() {
  const embedded = process.env.DATABASE_URL ? null : await postgresStatus({ home: homeFolder() })
  if (embedded && !embedded.running)
    return [weak('the embedded database is not running: npm start starts it')]
  const { default: postgres } = await import('postgres')
  const sql = postgres(process.env.DATABASE_URL ?? embedded.url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
  })
  try {
    const [server] = await sql`select current_setting('server_version') as version, current_user as role`
    const where = embedded
      ? `embedded, port ${embedded.port}, data in ${embedded.dataDirectory}`
      : 'from DATABASE_URL'
    return [good(`PostgreSQL ${server.version} (${where}) as ${server.role}`), await checkAudit(sql)]
  } catch (error) {
    return [bad(`the database does not answer: ${error.message || error.code}`)]
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function checkAudit(sql) {
  const tables = await sql`
    select distinct c.oid, c.relname as name,
      has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete') as may_change
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where p.proname = 'almanac_append_only' order by 2`
  if (tables.length === 0) return bad('the audit tables have no guard: run npm start, which migrates')
  const names = tables.map(({ name }) => name).join(', ')
  if (tables.some((table) => table.may_change)) {
    return weak(
      `${names}: the running role owns them and only triggers refuse changes. Set DATABASE_OWNER_URL to a role of its own for the stronger guarantee`,
    )
  }
  return good(`${names}: the running role can add, not change or delete`)
}

async function main() {
  const results = [checkNode(), checkPackages(), await checkHome(), await checkPort()]
  const canAsk = existsSync(homeFolder()) && isInstalled()
  if (canAsk) results.push(...(await checkDatabase()))
  for (const { mark, text } of results) say(`${mark} ${text}`)
  process.exitCode = results.some((one) => one.failed) ? 1 : 0
}

main().catch(fail)
