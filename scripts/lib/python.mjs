import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { root } from './paths.mjs'
import { run } from './process.mjs'

const requirements = join(root, 'e2e', 'clients', 'requirements.txt')
const uid = process.getuid?.() ?? 0
/** Outside the clone, shared by all clones of a user: a gigabyte, with links that a build of the pages would follow. */
const folder = join(tmpdir(), `almanac-python-${uid}`)
const names = ['python3', 'python3.11', 'python3.12', 'python3.13', 'python']
const installSeconds = 600
/** What the oldest of the pinned packages asks for. */
const oldest = [3, 11]

const ask = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])'

function versionOf(command) {
  const { status, stdout } = spawnSync(command, ['-c', ask], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 ? stdout.trim() : null
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** The first Python that is new enough and can make environments; ALMANAC_PYTHON names another. */
function findPython() {
  const candidates = process.env.ALMANAC_PYTHON ? [process.env.ALMANAC_PYTHON] : names
  for (const command of candidates) {
    const version = versionOf(command)
    if (version && isNewEnough(version)) return { command, version }
  }
  return null
}

const executable = (environment) =>
  process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python')

async function build(command, environment, log) {
  rmSync(environment, { recursive: true, force: true })
  const made = await run(command, ['-m', 'venv', environment])
  if (made.code !== 0) return `the environment could not be made: ${lastLine(made.output)}`
  log('installing the Python packages of e2e/clients/requirements.txt, about 1 minute')
  const options = { timeoutSeconds: installSeconds, env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' } }
  const args = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '-r', requirements]
  const installed = await run(executable(environment), args, options)
  return installed.code === 0 ? null : `its packages could not be installed: ${lastLine(installed.output)}`
}

/** The folder of environments, whose name anybody can guess: it must be this user's own. */
function hasOwnFolder() {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return process.getuid === undefined || statSync(folder).uid === uid
}

const lastLine = (text) => text.trim().split('\n').at(-1) ?? ''

/**
 * A Python with the packages of e2e/clients/requirements.txt, in an environment that is made anew only when these or
 * the Python change: { python } or, where none can be had, { missing: why }.
 */
export async function preparePython(log = () => {}) {
  const found = findPython()
  if (!found) {
    const wanted = `Python ${oldest.join('.')} or newer with venv`
    const named = process.env.ALMANAC_PYTHON
    if (named) return { missing: `ALMANAC_PYTHON, ${named}, is no ${wanted}` }
    return { missing: `there is no ${wanted} here. Install one, or name it: ALMANAC_PYTHON=/path/to/python` }
  }
  if (!hasOwnFolder()) return { missing: `${folder} belongs to somebody else` }
  const { command, version } = found
  const stamp = createHash('sha256').update(readFileSync(requirements)).update(version).digest('hex')
  const environment = join(folder, stamp.slice(0, 16))
  const complete = join(environment, '.complete')
  const fault = await withLock(
    join(folder, 'lock'),
    async () => {
      if (existsSync(complete)) return null
      const why = await build(command, environment, log)
      if (why === null) writeFileSync(complete, '')
      else rmSync(environment, { recursive: true, force: true })
      return why
    },
    { waitSeconds: installSeconds, onWait: () => log('waiting for another run that installs') },
  )
  return fault === null ? { python: executable(environment), version } : { missing: fault }
}
