import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from './lock.mjs'
import { bundleFolder } from './paths.mjs'
import { Refusal } from './report.mjs'

/** Portals that run on this clone's bundles and pages, whatever their ALMANAC_HOME: a file each. */
const folder = join(bundleFolder, 'running')

const fileOf = (pid) => join(folder, `${pid}.json`)

/** After kill -9 the number may belong to any program. */
function isPortal(pid) {
  if (!isAlive(pid)) return false
  const listed = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return listed.status === 0 ? listed.stdout.includes('portal') : true
}

/** Says that a portal runs here; returns what takes that back. */
export function noteRunning({ pid, port, home }) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(pid), JSON.stringify({ pid, port, home }))
  return () => rmSync(fileOf(pid), { force: true })
}

/** Portals that run on this clone now; what a killed one left is swept. */
export function runningPortals() {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const one = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    if (isPortal(one.pid)) return [one]
    rmSync(join(folder, name), { force: true })
    return []
  })
}

/**
 * Refuses to build anew what another installation runs on: its pages would be gone from under it. `what` was changed.
 */
export function refuseWhileRunning(what) {
  const others = runningPortals()
  if (others.length === 0) return
  const told = others.map(({ port, home }) => `  http://localhost:${port} (ALMANAC_HOME ${home})`).join('\n')
  throw new Refusal(
    `${what} changed and must be built anew, but another installation of this clone runs on the old build:\n${told}\nStop it first, or start this one from a clone of its own.`,
  )
}
