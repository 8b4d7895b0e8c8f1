import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../scripts/lib/paths.mjs'
import { startPostgres, stopPostgres } from '../scripts/lib/postgres.mjs'
import { generatedCatalogue, wideGroup } from './search/catalogue.mjs'
import { measureQuality } from './search/quality.mjs'
import { measurePages, measureSpeed } from './search/speed.mjs'

/**
 * How well and how fast the catalogue is searched, over the sample and 50,000 generated features in 5,000 groups, in a
 * database of its own, through the product's use cases:
 *
 *   npm run search-quality              MRR and nDCG@10 of bench/search/queries.json
 *   node bench/search.mjs --speed       p50 and p99 of the server's work by class of request
 *   node bench/search.mjs --pages       the same of what the server asks for each page, with its statements, over a month of
 *                                       reads, commits and changes and a group of 500 features; `--only word` for some
 *   … --features 200000                 another size
 *   … --home folder                     keeps the database there, and uses it the next time
 *   … --why                             also prints what each query found
 */
const flag = (name) => process.argv.includes(name)
const option = (name) => (flag(name) ? process.argv[process.argv.indexOf(name) + 1] : null)

/** Next's modules are files without an ending in their names; Node wants it. */
const nextFiles = {
  name: 'next-files',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^next\/[^.]+$/ }, ({ path }) => ({ path: `${path}.js`, external: true })),
}

async function product(folder) {
  const outfile = join(root, '.almanac', 'build', `search-bench-${process.pid}.mjs`)
  mkdirSync(join(root, '.almanac', 'build'), { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/search/harness.testing.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    jsx: 'automatic',
    plugins: [nextFiles],
    alias: { '@': root },
    logLevel: 'error',
  })
  process.env.ALMANAC_HOME = folder
  process.env.LOG_LEVEL ??= 'warn'
  return import(outfile).finally(() => rmSync(outfile, { force: true }))
}

async function main() {
  const kept = option('--home')
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'almanac-search-'))
  if (kept) mkdirSync(kept, { recursive: true, mode: 0o755 })
  const server = await startPostgres({ home: folder })
  process.env.DATABASE_URL = server.url
  process.env.DATABASE_OWNER_URL = server.ownerUrl
  const catalogue = await product(folder)
  try {
    await catalogue.migrate({
      ownerUrl: server.ownerUrl,
      runtimeUrl: server.url,
      folder: join(root, 'db', 'migrations'),
    })
    const loaded = join(folder, 'catalogue-loaded')
    if (!existsSync(loaded)) {
      await catalogue.registerSample()
      await catalogue.registerMade(generatedCatalogue(Number(option('--features') ?? 50_000)))
      writeFileSync(loaded, '')
    }
    const lived = join(folder, 'catalogue-lived')
    if (flag('--pages') && !existsSync(lived)) {
      await catalogue.registerMade({ teams: [], entities: [], groups: [wideGroup] })
      await catalogue.makeLife()
      writeFileSync(lived, '')
    }
    if (flag('--pages')) await measurePages(catalogue, folder, option('--only'))
    else if (flag('--speed')) await measureSpeed(catalogue, folder)
    else {
      const { queries } = JSON.parse(
        readFileSync(join(import.meta.dirname, 'search', 'queries.json'), 'utf8'),
      )
      await measureQuality(catalogue, queries, { why: flag('--why') })
    }
  } finally {
    await catalogue.close()
    await stopPostgres({ home: folder })
    if (!kept) rmSync(folder, { recursive: true, force: true })
  }
}

await main()
