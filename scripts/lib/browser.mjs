import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { program, run, runNode } from './process.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const downloadSeconds = 300
const packageSeconds = 600

/** A file that starts and tells its version; a broken wrapper is no browser. */
const works = (path) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), macChrome]
  return candidates.find(works) ?? null
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return works(path) ? path : null
}

async function download() {
  const { code } = await runNode(program.playwright, ['install', 'chromium'], {
    timeoutSeconds: downloadSeconds,
  })
  return code === 0 ? playwrightsOwn() : null
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutSeconds: packageSeconds }
  await run('apt-get', ['update', '-qq'], options)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
  return onPath()
}

/**
 * A Chromium for the browser tests: the named one, Playwright's, the system's, or one that can be installed.
 * Returns its path, or null when none can be had here.
 */
export async function findBrowser(log = () => {}) {
  const named = process.env.ALMANAC_BROWSER
  if (named) return works(named) ? named : null
  const present = (await playwrightsOwn()) ?? onPath()
  if (present) return present
  log('no browser here: trying to download one')
  const downloaded = await download()
  if (downloaded) return downloaded
  log('the download failed: trying the system packages')
  return fromDebian()
}

/** What could not be run without a browser, and what would help; to be said at the very end. */
export function toldWithoutBrowser() {
  const named = process.env.ALMANAC_BROWSER
  const why = named
    ? `ALMANAC_BROWSER names ${named}, which is not there or does not start. Correct it, or leave it out`
    : 'there is no Chromium here and none could be installed. Install one, or name it: ALMANAC_BROWSER=/path/to/chromium npm test'
  return `browser tests (every page by axe, the journey, the interface in a browser): ${why}`
}
