import { spawn } from 'node:child_process'
import { ensureBundles } from './lib/build.mjs'
import { bundleArguments, childEnvironment, runCli } from './lib/cli.mjs'
import { prepareEnvironment } from './lib/environment.mjs'
import { install, isInstalled } from './lib/install.mjs'
import { root } from './lib/paths.mjs'
import { refuseTakenPort, wantedPort } from './lib/port.mjs'
import { fail, remark, say, step } from './lib/report.mjs'

/** `npm run dev`: the same portal with pages compiled as they change. What changes in server/ needs a restart. */
async function main() {
  process.chdir(root)
  const port = wantedPort()
  await refuseTakenPort(port)
  if (!isInstalled()) await step('packages', install)
  await step('server code', async () => ((await ensureBundles()) ? 'bundled' : 'up to date'))
  const { env, ownerUrl } = await prepareEnvironment({ log: remark })
  await step('schema', () => runCli(['migrate'], { ...env, DATABASE_OWNER_URL: ownerUrl }))
  say(`http://localhost:${port}, compiling as you go; after a change in server/ start it again`)
  const portal = spawn(process.execPath, bundleArguments('portal'), {
    cwd: root,
    env: childEnvironment({ ...env, NODE_ENV: 'development', ALMANAC_DEV: '1', PORT: String(port) }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => portal.kill('SIGTERM'))
  process.exitCode = await new Promise((resolve) => portal.once('exit', (code) => resolve(code ?? 1)))
}

main().catch(fail)
