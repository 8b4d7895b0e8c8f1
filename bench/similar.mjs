import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * How well features that mean the same are told from those that only share a name, on labelled pairs:
 *
 *   npm run similar                    the pairs of bench/similar/pairs.json
 *   npm run similar -- other.json      others of the same form
 */
const root = join(import.meta.dirname, '..')

async function comparison() {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-similar-'))
  const outfile = join(folder, 'compare.mjs')
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['lib/catalog/similar/compare-features.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      alias: { '@': root },
      logLevel: 'error',
    })
    return await import(outfile)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const { compareFeatures, sameMeaning } = await comparison()
const file = process.argv[2] ?? join(import.meta.dirname, 'similar', 'pairs.json')
const { pairs } = JSON.parse(readFileSync(file, 'utf8'))

const judged = pairs
  .map((pair) => ({ ...pair, ...compareFeatures(pair.a, pair.b) }))
  .sort((one, other) => other.score - one.score)
for (const { score, same_meaning, why, signals } of judged) {
  const told = score >= sameMeaning
  const mark = told === same_meaning ? ' ' : 'x'
  const parts = signals.map(
    ({ signal, likeness }) => `${signal} ${likeness === null ? '–' : likeness.toFixed(2)}`,
  )
  console.log(
    `${mark} ${score.toFixed(2)} ${same_meaning ? 'same ' : 'other'} ${why.padEnd(52)} ${parts.join(', ')}`,
  )
}

const count = (same, told) =>
  judged.filter((one) => one.same_meaning === same && one.score >= sameMeaning === told).length
const found = count(true, true)
const wrong = count(false, true)
const missed = count(true, false)
const share = (part, whole) => (whole === 0 ? '–' : (part / whole).toFixed(2))
console.log(
  `\n${pairs.length} pairs, told to be the same from ${sameMeaning}: precision ${share(found, found + wrong)} (${found} of ${found + wrong}), recall ${share(found, found + missed)} (${found} of ${found + missed})`,
)
