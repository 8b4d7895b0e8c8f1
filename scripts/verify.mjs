import { checks } from './lib/checks.mjs'
import { fail, step } from './lib/report.mjs'
import { runVitest, tellCounts } from './lib/suites.mjs'

/** `npm run verify`: everything that needs neither a database nor a browser; stops at the first fault. */
async function main() {
  for (const { name, work } of checks) {
    await step(name, async () => {
      await work()
    })
  }
  await step('unit tests', async () => tellCounts(await runVitest('unit')))
}

main().catch(fail)
