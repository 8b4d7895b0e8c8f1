import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ensureBundles } from './lib/build.mjs'
import { bundleArguments, childEnvironment, runCli } from './lib/cli.mjs'
import { prepareEnvironment } from './lib/environment.mjs'
import { install, isInstalled } from './lib/install.mjs'
import { nodeFault } from './lib/node-version.mjs'
import { homeFolder, root } from './lib/paths.mjs'
import { postgresStatus, stopPostgres } from './lib/postgres.mjs'
import { fail, Refusal } from './lib/report.mjs'

/** Standard output belongs to the command's result; everything else is told on standard error. */
const tell = (line) => process.stderr.write(`${line}\n`)

/** The embedded database's own commands: they must work when the database does not. */
async function database(action) {
  const home = homeFolder()
  if (action === 'stop') {
    const stopped = existsSync(home) && (await stopPostgres({ home }))
    return tell(stopped ? 'The database is stopped.' : 'The database was not running.')
  }
  if (action === 'status') {
    const { running, port, dataDirectory } = await postgresStatus({ home })
    return tell(
      running ? `Running on port ${port}, data in ${dataDirectory}` : `Not running, data in ${dataDirectory}`,
    )
  }
  throw new Refusal('npm run almanac -- database stop|status')
}

/** Commands that speak to a portal, or to nobody: they bring up no database of their own. */
const remote = new Set(['plan', 'apply', 'export', 'validate', 'contract'])

async function command(args) {
  await ensureBundles()
  if (remote.has(args[0])) return handOver(args, {})
  const { env, ownerUrl } = await prepareEnvironment({ log: tell })
  const migrated = await runCli(['migrate'], { ...env, DATABASE_OWNER_URL: ownerUrl })
  if (args[0] === 'migrate') return tell(migrated)
  return handOver(args, env)
}

/** Runs a command of the bundled CLI in the terminal's place. */
async function handOver(args, env) {
  const child = spawn(process.execPath, [...bundleArguments('cli'), ...args], {
    cwd: root,
    env: childEnvironment({ NODE_ENV: 'production', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn', ...env }),
    stdio: 'inherit',
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // Ctrl-C reaches the child from the terminal; we only wait for its end.
  process.on('SIGINT', () => {})
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}

async function main([name, ...args]) {
  const fault = nodeFault()
  if (fault) throw new Refusal(fault)
  process.chdir(root)
  if (!isInstalled()) {
    tell('installing packages, about 1 minute')
    await install()
  }
  if (name === 'database') return database(args[0])
  return command(name ? [name, ...args] : [])
}

main(process.argv.slice(2)).catch(fail)
