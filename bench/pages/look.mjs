import { gzipSync } from 'node:zlib'

/** Keeps what the browser says about paints, shifts and answered input from the first moment of a page. */
function watchPage() {
  const seen = { largestMs: 0, shift: 0, longestMs: 0 }
  window.benchSeen = seen
  const on = (type, take, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    })
  on('largest-contentful-paint', ({ startTime }) => {
    seen.largestMs = startTime
  })
  on('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) seen.shift += value
  })
  on(
    'event',
    ({ duration, interactionId }) => {
      if (interactionId > 0) seen.longestMs = Math.max(seen.longestMs, duration)
    },
    { durationThreshold: 16 },
  )
}

const slowdown = 4
const longestWaitMs = 20_000

const scriptTag = /<script[^>]*\ssrc="([^"]+)"[^>]*>/g

/** Bytes of the scripts that the document names, which is what has to be there before the page answers. */
async function firstLoad(page, html, bodies) {
  const named = [...html.matchAll(scriptTag)].filter(([tag]) => !/nomodule/i.test(tag)).map(([, src]) => src)
  let bytes = 0
  for (const src of new Set(named)) {
    if (!bodies.has(src)) bodies.set(src, gzipSync(await (await page.request.get(src)).body()).length)
    bytes += bodies.get(src)
  }
  return bytes
}

async function opened(browser, { url, storageState }, path) {
  const context = await browser.newContext({
    baseURL: url,
    storageState,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  await page.addInitScript(watchPage)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const serverMs = []
  page.on('response', (response) => {
    const timing = response.headers()['server-timing']
    if (timing) serverMs.push(Number(/dur=([\d.]+)/.exec(timing)?.[1] ?? 0))
  })
  const answer = await page.goto(path, { waitUntil: 'load' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  // What is pressed before the page is alive is lost.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))))
  return { context, page, serverMs, html: await answer.text() }
}

/** One cold look at a page: { bytes, largestMs, shift, apiMs }. */
export async function look(browser, installation, path, bodies) {
  const { context, page, serverMs, html } = await opened(browser, installation, path)
  const { largestMs, shift } = await page.evaluate(() => window.benchSeen)
  const bytes = await firstLoad(page, html, bodies)
  await context.close()
  return { bytes, largestMs, shift, apiMs: Math.max(0, ...serverMs) }
}

/**
 * One act on a page that is ready: `paintMs` to the next paint by Event Timing (multiples of 8, from 16),
 * `shownMs` until its result is in a frame, with what the server does for it.
 */
export async function act(browser, installation, path, { what, act, before, shown }) {
  const { context, page } = await opened(browser, installation, path)
  if (before) await before(page)
  await page.evaluate((condition) => {
    window.benchSeen.longestMs = 0
    const isShown = new Function(`return ${condition}`)
    const start = (event) => {
      if (!event.isTrusted || window.benchSeen.startedMs) return
      window.benchSeen.startedMs = event.timeStamp
    }
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, start, { capture: true })
    const frame = () => {
      if (window.benchSeen.startedMs && isShown()) {
        setTimeout(() => {
          window.benchSeen.shownMs = performance.now() - window.benchSeen.startedMs
        })
      } else requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }, shown)
  await act(page)
  await page
    .waitForFunction(() => window.benchSeen.shownMs, null, { timeout: longestWaitMs })
    .catch((cause) => {
      throw new Error(`${path}: what follows “${what}” is not shown.`, { cause })
    })
  // The entries of an input come after its paint.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))))
  const { longestMs, shownMs } = await page.evaluate(() => window.benchSeen)
  await context.close()
  return { paintMs: longestMs, shownMs }
}

/** The document alone, unthrottled: milliseconds to its first and its last byte. */
export async function documentMs({ url, storageState }, path) {
  const cookie = storageState.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const started = performance.now()
  const response = await fetch(new URL(path, url), { headers: { cookie } })
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
  let firstMs = null
  for await (const _ of response.body) firstMs ??= performance.now() - started
  return { firstMs: firstMs ?? 0, wholeMs: performance.now() - started }
}
