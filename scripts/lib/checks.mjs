import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { program, runNode } from './process.mjs'
import { Refusal } from './report.mjs'

/** Runs a program and refuses with all that it said when it ends badly. */
async function mustPass(script, args) {
  const { code, output } = await runNode(script, args)
  if (code !== 0) throw new Refusal(output.trim() || `ended with code ${code}`)
  return output
}

/** The checks that run no test, in the order in which a fault is cheapest to find. */
export const checks = [
  { name: 'format', work: () => mustPass(program.biome, ['format', '.']) },
  { name: 'lint', work: () => mustPass(program.biome, ['lint', '--error-on-warnings', '.']) },
  {
    name: 'types',
    work: async () => {
      // The types of routes are generated: tsc on a fresh clone fails without them.
      await mustPass(program.next, ['typegen'])
      return mustPass(program.tsc, ['--noEmit'])
    },
  },
  { name: 'boundaries', work: () => mustPass('scripts/boundaries.mjs') },
  { name: 'sizes', work: () => mustPass('scripts/sizes.mjs') },
  { name: 'unused', work: () => mustPass(program.knip, ['--no-progress']) },
  {
    name: 'openapi',
    work: async () => {
      if (!existsSync(join(root, 'scripts', 'openapi.mjs'))) return
      await mustPass('scripts/openapi.mjs', ['--check'])
    },
  },
]
