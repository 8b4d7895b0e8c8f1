import { checkFirstLoads, firstLoads } from './lib/first-load.mjs'
import { fail, say } from './lib/report.mjs'

/** What each built page makes a browser fetch before it answers, gzipped; fails above the limit. `--all` lists them. */
try {
  const loads = firstLoads()
  if (process.argv.includes('--all'))
    for (const { page, bytes } of loads) say(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${page}`)
  say(checkFirstLoads(loads))
} catch (error) {
  fail(error)
}
