import { bundlePath } from './bundle.mjs'
import { root } from './paths.mjs'
import { plainEnvironment, run } from './process.mjs'
import { Refusal } from './report.mjs'

/** Arguments of Node for one of our bundles. */
export const bundleArguments = (name) => ['--enable-source-maps', bundlePath(name)]

/** Runs a command of the bundled CLI and returns what it printed; `onLine` hears what it says on the way. */
export async function runCli(args, env) {
  const { code, output } = await run(process.execPath, [...bundleArguments('cli'), ...args], {
    env,
    cwd: root,
  })
  if (code !== 0) throw new Refusal(`${output.trim()}\n\n"${args.join(' ')}" did not succeed.`)
  return output.trim()
}

export const childEnvironment = (env) => plainEnvironment({ NEXT_TELEMETRY_DISABLED: '1', ...env })
