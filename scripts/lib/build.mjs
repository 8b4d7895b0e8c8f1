import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle, bundlePath } from './bundle.mjs'
import { withLock } from './lock.mjs'
import { bundleFolder, root } from './paths.mjs'
import { program, runNode } from './process.mjs'
import { Refusal } from './report.mjs'
import { refuseWhileRunning } from './running.mjs'

const pageSources = ['app', 'components', 'lib', 'db']
const bundleSources = ['server', 'lib', 'db']
const configuration = [
  'package-lock.json',
  'next.config.js',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'scripts/lib/bundle.mjs',
]
const pageStamp = join(root, '.next', 'almanac-stamp')
const bundleStamp = join(bundleFolder, 'stamp')

function* filesUnder(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesUnder(path)
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path
  }
}

/** A hash over everything that the result depends on; by content, since a checkout changes every time stamp. */
function stampOf(folders) {
  const hash = createHash('sha256').update(process.version)
  const present = [
    ...folders.flatMap((name) => (existsSync(join(root, name)) ? [...filesUnder(name)] : [])),
    ...configuration,
  ]
  for (const path of present.sort()) {
    if (existsSync(join(root, path))) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

const isFresh = (file, stamp) => existsSync(file) && readFileSync(file, 'utf8') === stamp

async function nextBuild() {
  const env = { NODE_ENV: 'production' }
  const mayBeStale = existsSync(join(root, '.next'))
  const first = await runNode(program.next, ['build'], { env })
  if (first.code === 0) return
  if (!mayBeStale) throw new Refusal(`${first.output.trim()}\n\nThe pages could not be built.`)
  // Turbopack keeps a failed build in its cache and fails again after the cause is gone.
  rmSync(join(root, '.next'), { recursive: true, force: true })
  const second = await runNode(program.next, ['build'], { env })
  if (second.code !== 0) throw new Refusal(`${second.output.trim()}\n\nThe pages could not be built.`)
}

/**
 * Bundles server/ when its sources changed; says whether it did. `alone`: refuses while another installation runs on
 * the old ones, whose engine would start anew from the new ones.
 */
export async function ensureBundles({ alone = false } = {}) {
  const stamp = stampOf(bundleSources)
  if (isFresh(bundleStamp, stamp) && existsSync(bundlePath('cli'))) return false
  if (alone) refuseWhileRunning('The server’s sources')
  await mkdir(bundleFolder, { recursive: true })
  rmSync(bundleStamp, { force: true })
  await bundle()
  writeFileSync(bundleStamp, stamp)
  return true
}

/** Builds the pages when their sources changed; says whether it did. Two starts at once build once. */
export async function ensurePages({ onWait = () => {} } = {}) {
  await mkdir(bundleFolder, { recursive: true })
  return withLock(
    join(bundleFolder, 'lock'),
    async () => {
      const stamp = stampOf(pageSources)
      if (isFresh(pageStamp, stamp)) return false
      refuseWhileRunning('The sources of the pages')
      rmSync(pageStamp, { force: true })
      await nextBuild()
      writeFileSync(pageStamp, stamp)
      return true
    },
    { waitSeconds: 600, onWait },
  )
}
