import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './paths.mjs'
import { run } from './process.mjs'
import { Refusal } from './report.mjs'

const stampFile = join(root, 'node_modules', '.almanac-install')
const read = (...path) => readFileSync(join(root, ...path), 'utf8')

const currentStamp = () =>
  createHash('sha256')
    .update(read('package-lock.json'))
    .update(process.platform + process.arch)
    .digest('hex')

/** npm's own record of what lies in node_modules, where somebody installed by hand. */
function matchesByHand() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false
  const wanted = JSON.parse(read('package-lock.json')).packages
  const found = JSON.parse(read('node_modules', '.package-lock.json')).packages
  return Object.entries(wanted).every(
    ([path, one]) =>
      path === '' || (found[path] ? found[path].version === one.version : one.optional === true),
  )
}

/** Whether node_modules is what the lock file says. */
export function isInstalled() {
  if (!existsSync(join(root, 'node_modules'))) return false
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === currentStamp()) return true
  if (!matchesByHand()) return false
  writeFileSync(stampFile, currentStamp())
  return true
}

/** npm as a script for this Node, so that no other npm or Node on the path is used. */
function npmCommand() {
  const known = process.env.npm_execpath
  const beside = join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  const script = known?.endsWith('npm-cli.js') ? known : existsSync(beside) ? beside : null
  return script ? [process.execPath, [script]] : ['npm', []]
}

/** Installs exactly the lock file, development packages included: the build needs them. */
export async function install() {
  const [command, prefix] = npmCommand()
  // The project's .npmrc may silence npm; a failing install must speak.
  const args = [...prefix, 'ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error']
  const { code, output } = await run(command, args)
  if (code !== 0) {
    throw new Refusal(
      `${output.trim()}\n\nThe packages could not be installed. If the network was away, run the same command again; if the lock file does not fit package.json, run "npm install".`,
    )
  }
  writeFileSync(stampFile, currentStamp())
}
