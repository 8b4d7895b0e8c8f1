import { bundlePath } from './bundle.mjs'
import { root } from './paths.mjs'
import { plainEnvironment, run } from './process.mjs'
import { Refusal } from './report.mjs'

/** Arguments of Node for one of our bundles. */
export const bundleArguments = (name) => ['--enable-source-maps', bundlePath(name)]

/** Runs a command of the bundled CLI and returns its result; `onLine` hears what it tells on the way. */
export async function runCli(args, env, { onLine } = {}) {
  const ended = await run(process.execPath, [...bundleArguments('cli'), ...args], { env, onLine, cwd: root })
  // What the listener heard need not be said twice.
  const said = (onLine ? ended.stdout : ended.output).trim()
  if (ended.code !== 0) throw new Refusal(`${said}\n\n"${args.join(' ')}" did not succeed.`.trim())
  return ended.stdout.trimEnd()
}

export const childEnvironment = (env) => plainEnvironment({ NEXT_TELEMETRY_DISABLED: '1', ...env })
