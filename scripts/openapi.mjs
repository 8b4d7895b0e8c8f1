import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './lib/bundle.mjs'
import { runCli } from './lib/cli.mjs'
import { root } from './lib/paths.mjs'
import { fail, Refusal, say } from './lib/report.mjs'

const file = join(root, 'docs', 'openapi.json')

/** `npm run openapi`: --check compares the committed document with the one of the records, --write replaces it. */
async function main() {
  await bundle(['cli'])
  const built = `${await runCli(['openapi'], {})}\n`
  if (process.argv.includes('--write')) {
    writeFileSync(file, built)
    return say('docs/openapi.json is written')
  }
  if (!existsSync(file) || readFileSync(file, 'utf8') !== built) {
    throw new Refusal('docs/openapi.json is not what the operation records say: npm run openapi -- --write')
  }
  say('docs/openapi.json is what the operation records say')
}

main().catch(fail)
