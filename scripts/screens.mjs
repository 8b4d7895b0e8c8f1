import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { findBrowser } from './lib/browser.mjs'
import { root } from './lib/paths.mjs'
import { fail, Refusal, remark, say, step } from './lib/report.mjs'
import { almanac, pinnedNow, sampledInstallation, sessionOf } from './lib/sampled-installation.mjs'
import { screens } from './lib/screens.mjs'

const folder = join(root, 'docs', 'screens')
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

const usage = `npm run screens -- [--url http://localhost:3000 --home .almanac] [--only catalogue]
Without --url an installation of its own is started, its clock pinned to ${pinnedNow}, and ends with the command.`

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
      installation = await sampledInstallation()
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
