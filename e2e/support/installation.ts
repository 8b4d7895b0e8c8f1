import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..', '..')

/** What the tests keep for themselves lies beside the state of the installation that they drive. */
const folder = join(process.env.ALMANAC_E2E_HOME ?? join(root, '.almanac', 'e2e'), 'browser-tests')

export const stateFile = (name: string) => join(folder, `${name}.json`)

export function keep(name: string, value: unknown): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(stateFile(name), JSON.stringify(value), { mode: 0o600 })
}

export const kept = (name: string): unknown => JSON.parse(readFileSync(stateFile(name), 'utf8'))

/** Runs `npm run almanac -- …` on the installation under test; returns its standard output without the last line end. */
export async function almanac(...args: string[]): Promise<string> {
  const script = join(root, 'scripts', 'almanac.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: root })
  return stdout.trimEnd()
}

/** The product's clock where the run began: the machine's, unless ALMANAC_SAMPLE_NOW pins it. */
export const productNow = (): Date => new Date(process.env.ALMANAC_SAMPLE_NOW ?? Date.now())

/** A name that no earlier run on this installation has used. */
export const freshName = (stem: string): string =>
  `${stem}_${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`
