import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, toldWithoutBrowser } from './lib/browser.mjs'
import { ensureBundles, ensurePages } from './lib/build.mjs'
import { checks } from './lib/checks.mjs'
import { checkFirstLoads, firstLoads } from './lib/first-load.mjs'
import { install, isInstalled } from './lib/install.mjs'
import { nodeFault } from './lib/node-version.mjs'
import { root } from './lib/paths.mjs'
import { stopPostgres } from './lib/postgres.mjs'
import { preparePython } from './lib/python.mjs'
import { Refusal, red, remark, say, step, yellow } from './lib/report.mjs'
import { runBenches, runClients, runPlaywright, runVitest } from './lib/suites.mjs'

const total = { passed: 0, failed: 0 }
const notRun = []

/** A step that is no suite: when it fails that is one failure, and the rest still runs. */
async function attempt(name, work, options) {
  try {
    await step(name, work, options)
    return true
  } catch (error) {
    total.failed += 1
    say(red(error instanceof Refusal ? error.message : (error.stack ?? String(error))))
    return false
  }
}

/** A suite adds its own counts; a failure shows all that it said. */
async function suite(name, work) {
  let counts
  try {
    await step(
      name,
      async () => {
        counts = await work()
        for (const line of counts.told?.split('\n') ?? []) remark(line)
        total.passed += counts.passed
        total.failed += counts.failed
        for (const { test, reason } of counts.skipped ?? []) notRun.push(`${test}: ${reason}`)
        if (counts.failed > 0) throw new Refusal(counts.output.trim())
        return `${counts.passed} passed`
      },
      { slow: name },
    )
  } catch (error) {
    if (!counts) total.failed += 1
    say(error instanceof Refusal ? error.message : red(error.stack ?? String(error)))
  }
}

/** The browser drives a whole installation of its own: server, database, sample, all in a folder that ends with it. */
async function browserTests(browser) {
  const home = join(tmpdir(), `almanac-e2e-${process.pid}`)
  mkdirSync(home, { mode: 0o755 })
  try {
    return await runPlaywright({ ALMANAC_BROWSER: browser, ALMANAC_E2E_HOME: home })
  } finally {
    await stopPostgres({ home })
    rmSync(home, { recursive: true, force: true })
  }
}

async function browserSuite(isBuilt) {
  if (!isBuilt) return notRun.push('browser tests: the pages could not be built')
  let browser = null
  await step(
    'browser',
    async () => {
      browser = await findBrowser(remark)
      return browser ?? 'none to be had'
    },
    { slow: 'looking for a browser' },
  )
  if (browser) return suite('browser tests', () => browserTests(browser))
  notRun.push(toldWithoutBrowser())
}

/** The Python client and the real foreign clients, in a Python environment of their own, which benches use too. */
async function clientSuite(isBuilt) {
  if (!isBuilt) return notRun.push('clients and workloads: the pages could not be built')
  let found = {}
  await step(
    'python',
    async () => {
      found = await preparePython(remark)
      return found.version ?? 'none to be had'
    },
    { slow: 'looking for Python and its packages' },
  )
  if (found.python) await suite('clients', () => runClients(found.python))
  else notRun.push(`clients (the Python client, pandas, scikit-learn, DuckDB, Feast): ${found.missing}`)
  await suite('workloads in short', () => runBenches(found.python))
}

async function main() {
  const fault = nodeFault()
  if (fault) throw new Refusal(fault)
  process.chdir(root)
  // Tests bring their own database: one that runs for people must never see them.
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'PORT', 'ALMANAC_HOME']) delete process.env[name]
  if (!isInstalled()) await step('packages', install, { slow: 'installing packages, about 1 minute' })
  for (const { name, work } of checks) {
    await attempt(name, async () => {
      await work()
    })
  }
  await suite('unit tests', () => runVitest('unit'))
  await suite('database tests', () => runVitest('db'))
  const isBuilt = await attempt(
    'build',
    async () => {
      await ensureBundles()
      return (await ensurePages()) ? 'built' : 'up to date'
    },
    { slow: 'building the pages, about 1 minute' },
  )
  if (isBuilt) await attempt('first load', async () => checkFirstLoads(firstLoads()))
  if (isBuilt) await suite('checks of a running installation', () => runVitest('truth'))
  else notRun.push('checks of a running installation: the pages could not be built')
  await clientSuite(isBuilt)
  await browserSuite(isBuilt)

  for (const line of notRun) say(yellow(`\nNOT RUN: ${line}`))
  say(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
}

main().catch((error) => {
  process.stderr.write(`\n${error instanceof Refusal ? error.message : (error.stack ?? error)}\n`)
  say(`\n${total.passed} passed, ${total.failed + 1} failed`)
  process.exit(1)
})
