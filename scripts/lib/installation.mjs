import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { stopPostgres } from './postgres.mjs'
import { findFreePort } from './postgres-server.mjs'
import { plainEnvironment } from './process.mjs'

function started(environment) {
  const starter = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let told = ''
  const ready = new Promise((resolve, reject) => {
    const hear = (piece) => {
      told += piece.toString('utf8')
      if (told.includes('Almanac is at')) resolve()
    }
    starter.stdout.on('data', hear)
    starter.stderr.on('data', hear)
    starter.once('exit', (code) => reject(new Error(`The portal ended with code ${code}:\n${told}`)))
  })
  return { starter, ready }
}

/**
 * Does `work` with a whole installation of its own, started as a user would with the small sample: `work` gets
 * { origin, home }. Everything of it ends with the work.
 */
export async function withInstallation(name, work) {
  const home = join(tmpdir(), `almanac-${name}-${process.pid}`)
  mkdirSync(home, { mode: 0o755 })
  const port = await findFreePort(3500)
  const environment = plainEnvironment({ ALMANAC_HOME: home, PORT: String(port), ALMANAC_SAMPLE: 'small' })
  const { starter, ready } = started(environment)
  try {
    await ready
    return await work({ origin: `http://localhost:${port}`, home })
  } finally {
    if (starter.exitCode === null && starter.signalCode === null) {
      starter.kill('SIGTERM')
      await once(starter, 'exit')
    }
    await stopPostgres({ home })
    rmSync(home, { recursive: true, force: true })
  }
}
