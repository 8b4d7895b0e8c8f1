import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './paths.mjs'
import { Refusal } from './report.mjs'

/** The most gzipped bytes of script that a page may need before it answers. */
const firstLoadLimit = 250_000

const manifestOf = 'page_client-reference-manifest.js'

/** What Next writes for its own server: a script that puts one object under the page's name. */
function clientScripts(file) {
  const found = { __RSC_MANIFEST: {} }
  new Function('globalThis', readFileSync(file, 'utf8'))(found)
  return Object.values(found.__RSC_MANIFEST).flatMap(({ entryJSFiles }) => Object.values(entryJSFiles).flat())
}

/** Gzipped bytes of the scripts of each page of a build, the heaviest first: [{ page, bytes }]. */
export function firstLoads(folder = join(root, '.next')) {
  const pages = join(folder, 'server', 'app')
  if (!existsSync(pages)) throw new Refusal('There are no built pages to weigh: npm run build')
  const { rootMainFiles } = JSON.parse(readFileSync(join(folder, 'build-manifest.json'), 'utf8'))
  const known = new Map()
  const bytesOf = (file) => {
    const path = join(folder, decodeURIComponent(file))
    if (!known.has(path)) known.set(path, gzipSync(readFileSync(path)).length)
    return known.get(path)
  }
  return readdirSync(pages, { recursive: true })
    .filter((file) => file.endsWith(manifestOf))
    .map((file) => {
      const scripts = new Set([...rootMainFiles, ...clientScripts(join(pages, file))])
      const bytes = [...scripts].reduce((sum, script) => sum + bytesOf(script), 0)
      return { page: `/${file.slice(0, -manifestOf.length - 1)}`, bytes }
    })
    .sort((one, other) => other.bytes - one.bytes)
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

/** Says which page is the heaviest. @throws Refusal that names those above the limit. */
export function checkFirstLoads(loads, limit = firstLoadLimit) {
  const [heaviest] = loads
  if (!heaviest) throw new Refusal('The build has no page.')
  const over = loads.filter(({ bytes }) => bytes > limit)
  if (over.length === 0)
    return `${loads.length} pages, at most ${kilobytes(heaviest.bytes)} of script (${heaviest.page})`
  const lines = over.map(({ page, bytes }) => `${page}: ${kilobytes(bytes)}`)
  throw new Refusal(
    `Pages whose first load is more than ${kilobytes(limit)} of gzipped script:\n${lines.join('\n')}`,
  )
}
