import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './lock.mjs'
import { beside, giveTo } from './postgres-place.mjs'

export const adminRole = 'almanac_admin'
const firstPort = 15432
const always = {
  listen_addresses: '127.0.0.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Compiling a statement takes longer than the longest of ours runs; lists of a large catalogue sort in memory.
  jit: 'off',
  work_mem: '16MB',
  // After a crash every file would be synced one by one, which takes seconds.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
}
const logLimitBytes = 20_000_000

/** Runs one of the server's programs as its own user, from a folder that user may be in. */
function run(place, program, args, input) {
  const result = spawnSync(join(place.native, 'bin', program), args, {
    ...place.owner,
    cwd: '/',
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
  if (result.error) throw new Error(`${program} could not be run: ${result.error.message}`)
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim() }
}

/** Makes a new cluster. It is built beside its place and moved there whole, so that a cut-off one is never used. */
export function initialise(place, password) {
  const fresh = beside(place, '.new')
  const passwordFile = beside(place, '.password')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  giveTo(place.owner, fresh)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(place.owner, passwordFile)
  try {
    const made = run(place, 'initdb', [
      `--pgdata=${fresh}`,
      `--username=${adminRole}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ])
    if (!made.ok) throw new Error(`initdb could not make the database in ${fresh}:\n${made.output}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, place.cluster)
}

/** Gives the administrator a new password without a server, when the file that held it is lost. */
export function resetPassword(place, password) {
  const args = ['--single', '-D', place.cluster, 'postgres']
  const done = run(place, 'postgres', args, `ALTER ROLE ${adminRole} PASSWORD '${password}'\n`)
  if (!done.ok) throw new Error(`The database's password could not be set anew:\n${done.output}`)
}

/** What postmaster.pid says, if a server of this cluster really runs. */
export function findRunning(place) {
  const file = join(place.cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (pid > 0 && isAlive(pid) && isPostgres(pid)) return { pid, port: Number(lines[3]) || null }
  return null
}

/** Removes what a killed server left. Only under the lock, when nobody else can be starting. */
const removeStalePid = (place) => rmSync(join(place.cluster, 'postmaster.pid'), { force: true })

/** After kill -9 the number in a pid file may belong to any program. */
function isPostgres(pid) {
  const listed = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  if (listed.status === 0) return listed.stdout.includes('postgres')
  const proc = `/proc/${pid}/cmdline`
  return existsSync(proc) ? readFileSync(proc, 'utf8').includes('postgres') : true
}

/** The next TCP port on 127.0.0.1 that nobody listens on. */
export async function findFreePort(from) {
  for (let port = from; port < from + 500; port += 1) {
    if (await isFree(port)) return port
  }
  throw new Error(`No free port between ${from} and ${from + 500} on 127.0.0.1.`)
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })

function prepareLog(place) {
  const log = beside(place, '.log')
  if (existsSync(log) && statSync(log).size > logLimitBytes) renameSync(log, `${log}.old`)
  closeSync(openSync(log, 'a', 0o600))
  giveTo(place.owner, log)
  return log
}

const tail = (file, bytes = 1500) => readFileSync(file, 'utf8').slice(-bytes)

/**
 * Starts the server detached (it survives Ctrl-C) and returns its port. A port that is taken leads to the next;
 * what a killed server left behind in shared memory is waited for.
 */
export async function startServer(place, { preferredPort, settings = {} }) {
  const log = prepareLog(place)
  if (!findRunning(place)) removeStalePid(place)
  let port = preferredPort ?? firstPort
  const deadline = Date.now() + 60_000
  for (;;) {
    port = await findFreePort(port)
    const options = { ...always, ...settings }
    const flags = Object.entries(options).map(([name, value]) => `-c ${name}=${value}`)
    const text = `-p ${port} ${flags.join(' ')} -c unix_socket_directories=`
    const before = statSync(log).size
    const started = run(place, 'pg_ctl', [
      'start',
      '-w',
      '-t',
      '60',
      '-D',
      place.cluster,
      '-l',
      log,
      '-o',
      text,
    ])
    if (started.ok) return port
    const said = readFileSync(log, 'utf8').slice(before)
    if (/could not bind|Address already in use/i.test(said)) {
      port += 1
      continue
    }
    if (!/shared memory|lock file/i.test(said) || Date.now() > deadline) {
      throw new Error(`PostgreSQL did not start. Its log ${log} ends:\n${said || tail(log)}`)
    }
    await wait(500)
  }
}

/** Stops the cluster's server; true when one was running. */
export function stopServer(place) {
  if (!findRunning(place)) return false
  const stopped = run(place, 'pg_ctl', ['stop', '-w', '-m', 'fast', '-D', place.cluster])
  if (!stopped.ok) throw new Error(`PostgreSQL did not stop: ${stopped.output}`)
  return true
}
