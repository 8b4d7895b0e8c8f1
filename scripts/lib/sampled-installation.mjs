import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeHome, root } from './paths.mjs'
import { stopPostgres } from './postgres.mjs'
import { findFreePort } from './postgres-server.mjs'
import { runNode } from './process.mjs'
import { Refusal } from './report.mjs'

/** A Sunday: the sample's last day, the Saturday before, has just ended. */
export const pinnedNow = '2026-06-07T09:00:00Z'

/** Starts an installation with the sample in a folder of its own; resolves with its address once it serves. */
export async function sampledInstallation() {
  const home = join(mkdtempSync(join(tmpdir(), 'almanac-screens-')), 'home')
  await chmod(dirname(home), 0o711)
  await makeHome(home)
  const port = await findFreePort(3200)
  const env = { ...process.env, ALMANAC_HOME: home, ALMANAC_SAMPLE_NOW: pinnedNow, PORT: String(port) }
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    let told = ''
    child.stdout.on('data', (piece) => {
      told += piece
      if (told.includes('Almanac is at')) resolve()
    })
    child.once('exit', () => reject(new Refusal(`The installation did not start.\n${told}`)))
  })
  const stop = async () => {
    child.removeAllListeners('exit')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    await stopPostgres({ home })
    rmSync(dirname(home), { recursive: true, force: true })
  }
  return { url: `http://localhost:${port}`, home, stop }
}

/** Runs `npm run almanac -- …` on the installation and returns its standard output. */
export async function almanac(home, args, onLine) {
  const { code, output, stdout } = await runNode('scripts/almanac.mjs', args, {
    env: { ALMANAC_HOME: home, ALMANAC_SAMPLE_NOW: pinnedNow },
    ...(onLine ? { onLine } : {}),
  })
  if (code !== 0) throw new Refusal(output)
  return stdout.trim()
}

/** Cookies of somebody who signed in by a link. */
export async function sessionOf(browser, { url, home }, email) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const told = await almanac(home, ['links', '--origin', url, '--email', email])
  await page.goto(told.split(/\s+/).at(-1))
  await page.getByRole('button', { name: /^Sign in as/ }).click()
  await page.getByRole('button', { name: /^Person:/ }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}
