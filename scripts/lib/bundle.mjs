import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleFolder, root } from './paths.mjs'

/** What runs outside Next, by the name of its bundle. */
const entries = {
  portal: 'server/portal.ts',
  engine: 'server/engine.ts',
  cli: 'server/cli/main.ts',
}

export const bundlePath = (name) => join(bundleFolder, `${name}.mjs`)

/**
 * Bundles the named entries of server/ into .almanac/build: packages stay in node_modules, "@/" is the clone.
 * Each bundle appears whole, so that a process which starts meanwhile never reads half of one.
 */
export async function bundle(names = Object.keys(entries)) {
  const { build, stop } = await import('esbuild')
  const wanted = names.filter((name) => existsSync(join(root, entries[name])))
  // As deep as the real folder, so that the paths in the source maps hold.
  const half = `${bundleFolder}-${process.pid}-${Date.now()}`
  await mkdir(bundleFolder, { recursive: true })
  await mkdir(half, { recursive: true })
  try {
    await build({
      absWorkingDir: root,
      entryPoints: wanted.map((name) => ({ in: entries[name], out: name })),
      outdir: half,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
      alias: { '@': root },
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'warning',
    })
    for (const name of wanted) {
      await rename(join(half, `${name}.mjs.map`), `${bundlePath(name)}.map`)
      await rename(join(half, `${name}.mjs`), bundlePath(name))
    }
  } finally {
    // Its service process would live as long as we do.
    await stop()
    await rm(half, { recursive: true, force: true })
  }
  return wanted
}
