import { loadavg } from 'node:os'
import { findBrowser } from '../scripts/lib/browser.mjs'
import { sampledInstallation, sessionOf } from '../scripts/lib/sampled-installation.mjs'
import { median, table } from './lib/statistics.mjs'
import { act, documentMs, look } from './pages/look.mjs'
import { pages } from './pages/pages.mjs'

/**
 * What a page costs whoever opens it, in a browser whose processor is slowed down four times:
 *
 *   node bench/pages.mjs [--only group] [--rounds 5]
 *
 * gzipped script of the first load with a cold cache, largest paint, layout shift, milliseconds of an act to the next
 * paint and until its result is shown, and on the server the document's first and last byte and the slowest request
 * that the page makes by itself. ALMANAC_BENCH_ORIGIN and _HOME name an installation with the sample.
 */
const option = (name) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined
const rounds = Number(option('--rounds') ?? 5)
const administrator = 'admin@localhost.localdomain'

async function installation() {
  const { ALMANAC_BENCH_ORIGIN: url, ALMANAC_BENCH_HOME: home } = process.env
  return url && home ? { url, home, stop: async () => {} } : sampledInstallation()
}

async function times(count, work) {
  const found = []
  for (let round = 0; round < count; round++) found.push(await work())
  return found
}

const medianOf = (found, name) => Number(median(found.map((one) => one[name])).toFixed(3))

/** A page in the median of its rounds; the first document after a start is not among them. */
async function measure(browser, at, { name, path, acts }, bodies) {
  await documentMs(at, path)
  const documents = await times(rounds, () => documentMs(at, path))
  const looks = await times(rounds, () => look(browser, at, path, bodies))
  const answers = []
  for (const one of acts) {
    const found = await times(rounds, () => act(browser, at, path, one))
    answers.push({ what: one.what, paintMs: medianOf(found, 'paintMs'), shownMs: medianOf(found, 'shownMs') })
  }
  return {
    name,
    kilobytes: medianOf(looks, 'bytes') / 1000,
    largestMs: medianOf(looks, 'largestMs'),
    shift: medianOf(looks, 'shift'),
    firstByteMs: medianOf(documents, 'firstMs'),
    lastByteMs: medianOf(documents, 'wholeMs'),
    apiMs: medianOf(looks, 'apiMs'),
    acts: answers,
  }
}

function told(found) {
  const whole = (value) => value.toFixed(0)
  return table([
    ['page', 'script kB', 'paint ms', 'shift', 'html ms', 'whole', 'api ms', 'act', 'next paint', 'shown'],
    ...found.flatMap((one) => {
      const [first = { what: '–', paintMs: 0, shownMs: 0 }, ...rest] = one.acts
      const line = ({ what, paintMs, shownMs }) => [what, whole(paintMs), whole(shownMs)]
      const { name, kilobytes, largestMs, shift, firstByteMs, lastByteMs, apiMs } = one
      const page = [name, kilobytes.toFixed(1), whole(largestMs), shift.toFixed(3)]
      return [
        [...page, whole(firstByteMs), whole(lastByteMs), whole(apiMs), ...line(first)],
        ...rest.map((other) => ['', '', '', '', '', '', '', ...line(other)]),
      ]
    }),
  ])
}

async function main() {
  const executablePath = await findBrowser(console.error)
  if (!executablePath)
    throw new Error('There is no Chromium here. Name it: ALMANAC_BROWSER=/path/to/chromium')
  const { chromium } = await import('@playwright/test')
  const at = await installation()
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    const storageState = await sessionOf(browser, at, administrator)
    const only = option('--only')
    const bodies = new Map()
    const found = []
    for (const page of pages.filter(({ name }) => !only || name === only))
      found.push(await measure(browser, { ...at, storageState }, page, bodies))
    console.log(told(found))
    console.log(JSON.stringify({ load: loadavg()[0], rounds, pages: found }))
  } finally {
    await browser.close()
    await at.stop()
  }
}

await main()
