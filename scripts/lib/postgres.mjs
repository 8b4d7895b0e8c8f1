import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { withLock } from './lock.mjs'
import { makeHome } from './paths.mjs'
import { findPlace } from './postgres-place.mjs'
import {
  adminRole,
  findRunning,
  initialise,
  resetPassword,
  startServer,
  stopServer,
} from './postgres-server.mjs'

const ownerRole = 'almanac_owner'
const runtimeRole = 'almanac_app'
const database = 'almanac'

/** Port, owner and passwords of a home's server; readable by its owner alone. */
const stateFile = (home) => join(home, 'run', 'database.json')

function readState(home) {
  const file = stateFile(home)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

function writeState(home, state) {
  const file = stateFile(home)
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, JSON.stringify(state, null, 2), { mode: 0o600 })
  // Root may start what belongs to somebody else: it stays theirs.
  const { uid, gid } = statSync(existsSync(file) ? file : home)
  if (process.getuid?.() === 0) chownSync(fresh, uid, gid)
  renameSync(fresh, file)
}

const newPassword = () => randomBytes(24).toString('hex')
const newPasswords = () => ({ admin: newPassword(), owner: newPassword(), runtime: newPassword() })
const url = (role, password, port, name) => `postgres://${role}:${password}@127.0.0.1:${port}/${name}`

async function withAdmin(state, name, work) {
  const { default: postgres } = await import('postgres')
  const sql = postgres(url(adminRole, state.passwords.admin, state.port, name), {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
  })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A port alone proves nothing: the server behind it must hold this very data folder. */
async function answers(place, state) {
  if (!state?.port || findRunning(place)?.port !== state.port) return false
  try {
    return await withAdmin(state, 'postgres', async (sql) => {
      const [row] = await sql`select current_setting('data_directory') as folder`
      return realpathSync(row.folder) === realpathSync(place.cluster)
    })
  } catch {
    return false
  }
}

/** The two roles: the owner migrates, the running role cannot change what is append-only. Safe to repeat. */
async function ensureRoles(state) {
  await withAdmin(state, 'postgres', async (sql) => {
    for (const [role, password] of [
      [ownerRole, state.passwords.owner],
      [runtimeRole, state.passwords.runtime],
    ]) {
      const [found] = await sql`select 1 from pg_roles where rolname = ${role}`
      await sql.unsafe(`${found ? 'alter' : 'create'} role ${role} login password '${password}'`)
    }
    const [found] = await sql`select 1 from pg_database where datname = ${database}`
    if (!found) await sql.unsafe(`create database ${database} owner ${ownerRole}`)
  })
}

/** Waits for a server that is there but still recovering after a crash; null when it went away. */
async function adopt(place, state) {
  for (let tries = 0; tries < 120; tries += 1) {
    const running = findRunning(place)
    if (!running) return null
    const candidate = { ...state, port: running.port ?? state.port }
    if (await answers(place, candidate)) return candidate
    await wait(500)
  }
  throw new Error(
    `A PostgreSQL server holds ${place.cluster} but does not answer. The number of its process is the first line of ${join(place.cluster, 'postmaster.pid')}: stop it with kill.`,
  )
}

async function bringUp(home, place, settings, log) {
  let state = readState(home)
  const isNew = !existsSync(join(place.cluster, 'PG_VERSION'))
  const lostPasswords = !isNew && !state?.passwords
  if (!state?.passwords) state = { ...state, passwords: newPasswords() }
  if (isNew || lostPasswords) state.rolesReady = false
  writeState(home, state)

  if (isNew) {
    log(`creating a database in ${place.cluster}`)
    initialise(place, state.passwords.admin)
  }
  if (lostPasswords) {
    log('the file with the passwords of the database is gone: setting new ones')
    stopServer(place)
    resetPassword(place, state.passwords.admin)
  }
  const adopted = await adopt(place, state)
  const port = adopted?.port ?? (await startServer(place, { preferredPort: state.port, settings }))
  state = { ...state, port, dataDirectory: place.cluster, uid: place.owner.uid ?? process.getuid?.() }
  writeState(home, state)
  if (!(await answers(place, state))) {
    throw new Error(`The server on port ${port} is not the one of ${place.cluster}. Run the start again.`)
  }
  if (!state.rolesReady) {
    await ensureRoles(state)
    state = { ...state, rolesReady: true }
    writeState(home, state)
  }
  return { state, started: !adopted }
}

const describe = (state, place, started) => ({
  started,
  port: state.port,
  dataDirectory: place.cluster,
  note: place.note,
  url: url(runtimeRole, state.passwords.runtime, state.port, database),
  ownerUrl: url(ownerRole, state.passwords.owner, state.port, database),
  adminUrl: url(adminRole, state.passwords.admin, state.port, 'postgres'),
})

/**
 * The embedded PostgreSQL of a home: found running, or started, or created. Safe against a second starter,
 * kill -9, stale pid files and taken ports. `settings` are server settings, e.g. { fsync: 'off' } in tests.
 */
export async function startPostgres({ home, settings = {}, log = () => {} }) {
  await makeHome(home)
  const place = findPlace(home)
  const known = readState(home)
  if (known?.rolesReady && (await answers(place, known))) return describe(known, place, false)
  const lock = join(home, 'run', 'database.lock')
  const onWait = () => log('waiting for another start of the same database')
  const { state, started } = await withLock(lock, () => bringUp(home, place, settings, log), { onWait })
  return describe(state, place, started)
}

/** Stops a home's server; true when one was running. */
export async function stopPostgres({ home }) {
  await makeHome(home)
  const place = findPlace(home)
  return withLock(join(home, 'run', 'database.lock'), async () => stopServer(place))
}

/** Tells about a home's server without starting it. */
export async function postgresStatus({ home }) {
  if (!existsSync(home)) return { running: false, dataDirectory: null }
  const place = findPlace(home)
  const state = readState(home)
  const running = state?.passwords ? await answers(place, state) : false
  return running ? { running, ...describe(state, place, false) } : { running, dataDirectory: place.cluster }
}
