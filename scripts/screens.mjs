import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { findBrowser } from './lib/browser.mjs'
import { makeHome, root } from './lib/paths.mjs'
import { stopPostgres } from './lib/postgres.mjs'
import { findFreePort } from './lib/postgres-server.mjs'
import { runNode } from './lib/process.mjs'
import { fail, Refusal, remark, say, step } from './lib/report.mjs'
import { screens } from './lib/screens.mjs'

/** A Sunday: the sample's last day, the Saturday before, has just ended. */
const pinnedNow = '2026-06-07T09:00:00Z'
const folder = join(root, 'docs', 'screens')
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

const usage = `npm run screens -- [--url http://localhost:3000 --home .almanac] [--only catalogue]
Without --url an installation of its own is started, its clock pinned to ${pinnedNow}, and ends with the command.`

/** Starts an installation in a folder of its own; resolves with its address once it serves. */
async function ownInstallation() {
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
async function almanac(home, args, onLine) {
  const { code, output, stdout } = await runNode('scripts/almanac.mjs', args, {
    env: { ALMANAC_HOME: home, ALMANAC_SAMPLE_NOW: pinnedNow },
    ...(onLine ? { onLine } : {}),
  })
  if (code !== 0) throw new Refusal(output)
  return stdout.trim()
}

async function sessionOf(browser, { url, home }, email) {
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

/** Nothing is loading any more: fonts are there, and no skeleton stands but that of a refusal. */
async function settle(page) {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.wait')].every((one) => one.closest('[aria-label="Refused"]')),
  )
}

/** Statistics and drift follow the last commit within seconds; screens wait for them. */
async function judged(browser, { url }, storageState) {
  const context = await browser.newContext({ baseURL: url, storageState })
  const page = await context.newPage()
  for (let look = 0; look < 60; look++) {
    await page.goto('/groups/route_traffic')
    await settle(page)
    if ((await page.getByText('not judged yet').count()) === 0) break
    await wait(1000)
  }
  await context.close()
}

/** Reference screens in both themes and sizes; of the others one theme each. */
const shotsOf = ({ isReference }) =>
  sizes.flatMap((viewport) =>
    (isReference ? ['light', 'dark'] : [viewport.width === 390 ? 'dark' : 'light']).map((colorScheme) => ({
      viewport,
      colorScheme,
    })),
  )

async function take(browser, installation, sessions, screen) {
  for (const { viewport, colorScheme } of shotsOf(screen)) {
    const context = await browser.newContext({
      baseURL: installation.url,
      colorScheme,
      viewport,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      ...(screen.as ? { storageState: sessions.get(screen.as) } : {}),
    })
    const page = await context.newPage()
    await page.goto(screen.path)
    await settle(page)
    await screen.prepare?.(page)
    await settle(page)
    await page.screenshot({ path: join(folder, `${screen.name}-${viewport.width}-${colorScheme}.png`) })
    await context.close()
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      home: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return say(usage)
  if (values.url && !values.home) throw new Refusal(`--url needs --home.\n${usage}`)
  const wanted = screens.filter(({ name }) => !values.only || name === values.only)
  if (wanted.length === 0) throw new Refusal(`Screens are ${screens.map(({ name }) => name).join(', ')}.`)
  const executablePath = await findBrowser(remark)
  if (!executablePath)
    throw new Refusal('There is no Chromium here. Name it: ALMANAC_BROWSER=/path/to/chromium')
  mkdirSync(folder, { recursive: true })
  const { chromium } = await import('@playwright/test')
  let installation = { url: values.url, home: values.home, stop: async () => {} }
  if (!values.url) {
    await step('installation', async () => {
      installation = await ownInstallation()
      return installation.url
    })
  }
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    if (!values.url) {
      await step('days held back', () => almanac(installation.home, ['sample', 'replay'], remark))
    }
    const sessions = new Map()
    for (const email of new Set(wanted.flatMap(({ as }) => as ?? []))) {
      sessions.set(email, await sessionOf(browser, installation, email))
    }
    const [somebody] = sessions.values()
    if (somebody) await step('statistics', () => judged(browser, installation, somebody))
    for (const screen of wanted) await step(screen.name, () => take(browser, installation, sessions, screen))
  } finally {
    await browser.close()
    await installation.stop()
  }
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
  say(`docs/screens: ${readdirSync(folder).length} files, ${(bytes / 1024 ** 2).toFixed(1)} MiB`)
}

main().catch(fail)
