import { ensureBundles, ensurePages } from './lib/build.mjs'
import { preparePython } from './lib/python.mjs'
import { Refusal, red, remark, say, step } from './lib/report.mjs'
import { runClients, tellCounts } from './lib/suites.mjs'

/** The Python client and the real foreign clients alone, against an installation of their own. */
async function main() {
  let python
  await step('python', async () => {
    const found = await preparePython(remark)
    if (found.missing) throw new Refusal(found.missing)
    python = found.python
    return found.version
  })
  await step('build', async () => {
    await ensureBundles()
    return (await ensurePages()) ? 'built' : 'up to date'
  })
  await step('clients', async () => tellCounts(await runClients(python)), { slow: 'clients' })
}

main().catch((error) => {
  say(error instanceof Refusal ? error.message : red(error.stack ?? String(error)))
  process.exit(1)
})
