import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBundles, ensurePages } from './lib/build.mjs'
import { bundleArguments, childEnvironment, runCli } from './lib/cli.mjs'
import { prepareEnvironment } from './lib/environment.mjs'
import { install, isInstalled } from './lib/install.mjs'
import { nodeFault } from './lib/node-version.mjs'
import { homeFolder, root } from './lib/paths.mjs'
import { portTaken, refuseTakenPort, wantedPort } from './lib/port.mjs'
import { stopPostgres } from './lib/postgres.mjs'
import { dim, fail, Refusal, remark, say, step } from './lib/report.mjs'
import { noteRunning } from './lib/running.mjs'

const takenExitCode = 98
const patienceMilliseconds = 25_000

async function installWhenStale() {
  if (isInstalled()) return
  await step(
    'packages',
    async () => {
      // A running server must not lose its programs under its feet.
      if (existsSync(join(root, 'node_modules'))) await stopPostgres({ home: homeFolder() }).catch(() => {})
      await install()
      return 'installed from the lock file'
    },
    { slow: 'installing packages, about 1 minute' },
  )
}

async function prepare() {
  await step('server code', async () => ((await ensureBundles({ alone: true })) ? 'bundled' : 'up to date'))
  let prepared
  await step('database', async () => {
    prepared = await prepareEnvironment({ log: remark })
    return prepared.told
  })
  const { env, ownerUrl } = prepared
  const withSample = process.env.ALMANAC_SAMPLE !== 'off'
  const contents = withSample ? 'schema, people, sample' : 'schema, people'
  await step(
    contents,
    async () => {
      const args = ['prepare', ...(withSample ? ['--sample'] : [])]
      const told = await runCli(args, { ...env, DATABASE_OWNER_URL: ownerUrl }, { onLine: remark })
      return told.replaceAll('\n', ' · ')
    },
    { slow: `${contents}; only the first time is slow` },
  )
  const onWait = () => remark('waiting for another start that builds')
  await step('pages', async () => ((await ensurePages({ onWait })) ? 'built' : 'up to date'), {
    slow: 'building the pages when their sources changed, about 1 minute',
  })
  return env
}

/** The portal as a child of this Node. The channel between them closes when either dies. */
function startPortal(env, port) {
  return spawn(process.execPath, bundleArguments('portal'), {
    cwd: root,
    env: childEnvironment({ ...env, NODE_ENV: 'production', PORT: String(port) }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A group of its own: Ctrl-C comes once, from us.
    detached: true,
  })
}

/** Resolves with the port when the portal listens; refuses when it ends before that. */
function whenReady(portal, port) {
  return new Promise((resolve, reject) => {
    portal.once('message', (message) => resolve(message.port))
    portal.once('exit', (code) => {
      reject(
        new Refusal(
          code === takenExitCode ? portTaken(port) : `The portal ended with code ${code}; its log is above.`,
        ),
      )
    })
  })
}

/** npm dies by SIGTERM without telling us: then our parent changes. */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, 500).unref()
}

async function serve(env, port) {
  const portal = startPortal(env, port)
  let asked = false
  // What hangs must not keep a person waiting: the second wish, or patience at its end, is final.
  const stop = (signal) => {
    portal.kill(asked ? 'SIGKILL' : signal)
    asked = true
    setTimeout(() => portal.kill('SIGKILL'), patienceMilliseconds).unref()
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGHUP', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  watchNpm(() => stop('SIGTERM'))

  let actualPort = port
  await step('portal', async () => {
    actualPort = await whenReady(portal, port)
    const leave = noteRunning({ pid: portal.pid, port: actualPort, home: homeFolder() })
    portal.once('exit', leave)
    return `port ${actualPort}`
  })
  const origin = `http://localhost:${actualPort}`
  writeFileSync(join(homeFolder(), 'run', 'origin'), origin)
  say(`\nAlmanac is at ${origin}`)
  const links = await runCli(['links', '--origin', origin], env)
  if (links) say(`One-time links, each signs its person in once within 24 hours:\n${links}\n`)
  const isOwn = Boolean(process.env.DATABASE_URL)
  say(
    dim(
      isOwn ? 'Ctrl-C stops it' : 'Ctrl-C stops it; the database goes on: npm run almanac -- database stop',
    ),
  )
  const code = await new Promise((resolve) =>
    portal.once('exit', (ended, signal) => resolve(signal ? 1 : (ended ?? 1))),
  )
  process.exit(code)
}

async function main() {
  const fault = nodeFault()
  if (fault) throw new Refusal(fault)
  process.chdir(root)
  const port = wantedPort()
  await refuseTakenPort(port)
  await installWhenStale()
  const env = await prepare()
  await serve(env, port)
}

main().catch(fail)
