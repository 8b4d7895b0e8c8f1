import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freshName } from '../support/installation'
import { guideSteps, type TourStep, tourSteps } from '../support/readme'
import { expect, test } from '../support/test'

const root = join(import.meta.dirname, '..', '..')
const divider = '--- next step ---'

/** Ids and the present time differ from run to run; nothing else does. */
const steady = (text: string) =>
  text
    .replaceAll(/\b[0-9a-f]{32}\b/g, 'ID')
    .replaceAll(/\b20(?:2[6-9]|3[0-4])-\d\d-\d\dT[\d:.]+Z/g, 'NOW')
    .replaceAll(/@\d{10}\b/g, '@NOW')
    .replaceAll('\r', '')

/** `--json` came with curl 7.82. */
function curlIsThere(): boolean {
  const { stdout } = spawnSync('curl', ['--version'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = (/^curl (\d+)\.(\d+)/.exec(stdout ?? '') ?? []).slice(1).map(Number)
  return major > 7 || (major === 7 && minor >= 82)
}

/** Runs all steps in one shell, in a folder of their own and under names of their own, and compares what they print. */
async function runTour(steps: readonly TourStep[], names: readonly string[], baseURL: string) {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-tour-'))
  const fresh = names.map((name) => ({ name, own: freshName(name) }))
  const own = (commands: string) =>
    fresh.reduce(
      (text, one) => text.replaceAll(one.name, one.own),
      commands.replaceAll('http://localhost:3000', baseURL).replaceAll('/tmp/', `${folder}/`),
    )
  const told = (text: string) => fresh.reduce((all, one) => all.replaceAll(one.own, one.name), text)
  try {
    const script = steps.map(({ commands }) => own(commands)).join(`\necho '${divider}'\n`)
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: root })
    const printed = told(stdout).split(`${divider}\n`)
    for (const [place, step] of steps.entries()) {
      expect(steady(printed[place] ?? ''), step.commands).toBe(steady(step.printed))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const tours = [
  { what: 'the tour of the README', steps: tourSteps(), names: ['reef_readings'], atLeast: 7 },
  { what: 'the guide', steps: guideSteps(), names: ['harbour_tides', 'flood_model_v1'], atLeast: 12 },
]
for (const { what, steps, names, atLeast } of tours) {
  test(`${what} prints what it says`, async ({ baseURL }) => {
    test.skip(!curlIsThere(), 'The tour needs curl 7.82 or newer, which is not here.')
    expect(steps.length).toBeGreaterThanOrEqual(atLeast)
    await runTour(steps, names, baseURL ?? '')
  })
}
