import { ensureBundles, ensurePages } from './lib/build.mjs'
import { fail, step } from './lib/report.mjs'

/** `npm run build`: the bundles of server/ and the pages, each when its sources changed. */
async function main() {
  await step('server code', async () => ((await ensureBundles({ alone: true })) ? 'bundled' : 'up to date'))
  await step('pages', async () => ((await ensurePages()) ? 'built' : 'up to date'))
}

main().catch(fail)
