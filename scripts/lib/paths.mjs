import { existsSync, mkdirSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from './report.mjs'

/** The clone's folder: every command runs with it as its working directory. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where the bundles of server/ lie: inside the clone, so that they resolve its node_modules. */
export const bundleFolder = join(root, '.almanac', 'build')

/** Absolute folder of all generated state: ALMANAC_HOME, by default .almanac in the clone. */
export const homeFolder = () => resolve(root, process.env.ALMANAC_HOME || '.almanac')

/** Creates a folder of the home. Made by root it must still let the database's own user pass through. */
export async function makeHome(home) {
  const isNew = !existsSync(home)
  try {
    mkdirSync(join(home, 'run'), { recursive: true })
  } catch ({ code, message }) {
    throw new Refusal(
      `The folder of all state, ${home}, cannot be made (${code ?? message}). Name one that can be written to in ALMANAC_HOME.`,
    )
  }
  if (isNew && process.getuid?.() === 0) await chmod(home, 0o711)
}
