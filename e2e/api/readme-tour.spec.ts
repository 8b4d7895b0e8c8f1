import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freshName } from '../support/installation'
import { tourSteps } from '../support/readme'
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

test('the tour of the README prints what it says', async ({ baseURL }) => {
  test.skip(!curlIsThere(), 'The tour needs curl 7.82 or newer, which is not here.')
  const steps = tourSteps()
  expect(steps.length).toBeGreaterThanOrEqual(7)
  const folder = mkdtempSync(join(tmpdir(), 'almanac-tour-'))
  const name = freshName('reef_readings')
  const own = (commands: string) =>
    commands
      .replaceAll('http://localhost:3000', baseURL ?? '')
      .replaceAll('/tmp/', `${folder}/`)
      .replaceAll('reef_readings', name)
  try {
    const script = steps.map(({ commands }) => own(commands)).join(`\necho '${divider}'\n`)
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: root })
    const printed = stdout.replaceAll(name, 'reef_readings').split(`${divider}\n`)
    for (const [place, step] of steps.entries()) {
      expect(steady(printed[place] ?? ''), step.commands).toBe(steady(step.printed))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
