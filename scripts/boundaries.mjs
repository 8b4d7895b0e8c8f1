import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './lib/paths.mjs'
import { fail, Refusal, say } from './lib/report.mjs'

const require = createRequire(import.meta.url)
const { forbidden, rooms } = require('../.dependency-cruiser.cjs')
const folders = ['app', 'components', 'server', 'lib', 'db', 'e2e', 'scripts', 'bench']

/** A room that the order does not name would be bound by no rule. */
function refuseUnknownRooms() {
  const unknown = readdirSync(join(root, 'lib'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !rooms.includes(entry.name))
    .map((entry) => `lib/${entry.name}`)
  if (unknown.length > 0)
    throw new Refusal(`Not in the order of .dependency-cruiser.cjs: ${unknown.join(', ')}`)
}

/** dependency-cruiser parses with swc but never tells it that a file holds JSX. */
function teachJsx() {
  const swc = require('@swc/core')
  const parse = swc.parseFileSync
  swc.parseFileSync = (file, options) => parse(file, { ...options, tsx: /\.[jt]sx$/.test(file) })
}

async function main() {
  process.chdir(root)
  teachJsx()
  const { cruise, format } = await import('dependency-cruiser')
  refuseUnknownRooms()
  const present = folders.filter((name) => existsSync(join(root, name)))
  const options = {
    parser: 'swc',
    tsPreCompilationDeps: true,
    validate: true,
    ruleSet: { forbidden },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.mts$|^db/migrations/' },
  }
  const resolution = {
    alias: { '@': root },
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css'],
    exportsFields: ['exports'],
    conditionNames: ['import', 'require', 'node', 'default'],
  }
  const { output } = await cruise(present, options, resolution)
  const own = output.modules.filter(({ source }) => folders.some((name) => source.startsWith(`${name}/`)))
  // Without its parser the tool reads nothing and is content.
  if (own.length === 0) throw new Refusal('dependency-cruiser read no module: is @swc/core installed?')
  if (output.summary.error > 0) {
    const told = await format(output, { outputType: 'err' })
    throw new Refusal(told.output)
  }
  say(`${own.length} modules, no violation`)
}

main().catch(fail)
