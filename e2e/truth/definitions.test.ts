import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { good, groups, registered, send } from './support/product'

const script = join(import.meta.dirname, '..', '..', 'scripts', 'almanac.mjs')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-definitions-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  code: number
  out: string
  err: string
}

/** The command as a pipeline calls it: an address and a key, no database, no home. */
function almanac(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const { DATABASE_URL, ALMANAC_HOME, ...rest } = process.env
  const env = {
    ...rest,
    INIT_CWD: folder,
    ALMANAC_URL: inject('origin'),
    ALMANAC_API_KEY: inject('keys').administrator,
    ...environment,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

const pathOf = (group: string) => join(folder, 'registry', 'feature-groups', `${group}.yaml`)

/** A registered group, exported and then changed by hand. */
async function edited(group: string, change: (yaml: string) => string): Promise<string> {
  expect(await almanac(['export', 'registry', '--name', group])).toMatchObject({ code: 0 })
  const yaml = readFileSync(pathOf(group), 'utf8')
  expect(change(yaml)).not.toBe(yaml)
  writeFileSync(pathOf(group), change(yaml))
  return join('registry', 'feature-groups', `${group}.yaml`)
}

const features = [
  { name: 'n', type: 'int64', description: 'A number.' },
  { name: 's', type: 'string', description: 'A text.' },
]

describe('almanac plan, apply, export and validate', () => {
  it('exports the whole registry so that planning it does nothing', { timeout: 120_000 }, async () => {
    expect(await almanac(['export', 'everything'])).toMatchObject({ code: 0 })
    const { code, out } = await almanac(['plan', 'everything'])
    expect(out).toMatch(/^\d+ as they are\n$/)
    expect(code).toBe(0)
    expect(
      await almanac(['validate', 'everything'], { ALMANAC_URL: 'http://nowhere.invalid' }),
    ).toMatchObject({
      code: 0,
      out: expect.stringMatching(/definitions are valid/),
    })
  })

  it('plans, refuses a plan that is out of date, applies, and waits for a second person', async () => {
    const group = await registered('gitops', { features })
    const path = await edited(group, (yaml) => yaml.replace('type: int64', 'type: float64'))
    const planned = await almanac(['plan', path])
    expect(planned.code).toBe(11)
    expect(planned.out).toContain('features.n.type: int64 → float64')
    const report = await almanac(['plan', path, '--format', 'junit', '--fail-on-breaking'])
    expect(report.out).toContain(`name="feature_group ${group}"><failure message="1 breaking">`)
    expect((await almanac(['plan', path, '--format', 'json', '--out', 'plan.json'])).code).toBe(11)
    writeFileSync(
      join(folder, path),
      readFileSync(join(folder, path), 'utf8').replace('A number.', 'A measure.'),
    )
    const stale = await almanac(['apply', path, '--plan', 'plan.json'])
    expect(stale).toMatchObject({ code: 1, err: expect.stringContaining('Plan again.') })
    expect(good(await send('GET', `${groups}/${group}/versions`))).toMatchObject({ meta: { total: 1 } })
    expect((await almanac(['apply', path, '--reason', 'Parts count.'])).code).toBe(12)
    expect(good(await send('GET', `${groups}/${group}/versions/2`))).toMatchObject({ state: 'in_review' })
    // The key that applied it approves nothing of it.
    expect((await send('POST', `${groups}/${group}/versions/2/approve`, { body: {} })).status).toBe(403)
  })

  it('names file, line and column of every fault, with and without a portal', async () => {
    mkdirSync(join(folder, 'wrong'))
    writeFileSync(
      join(folder, 'wrong', 'a.yaml'),
      'kind: feature_group\nname: visits\ntimestamp_key: at\nfeatures:\n  - name: n\n    type: int65\n',
    )
    const fault = 'wrong/a.yaml:6:11: `int65` is not a type'
    expect(await almanac(['validate', 'wrong'])).toMatchObject({
      code: 1,
      out: expect.stringContaining(fault),
    })
    expect(await almanac(['plan', 'wrong'])).toMatchObject({ code: 1, out: expect.stringContaining(fault) })
    const applied = await almanac(['apply', 'wrong'])
    expect(applied).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was applied.') })
  })

  it('says what is wrong with a call', async () => {
    expect(await almanac(['plan', 'nowhere'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not found'),
    })
    expect((await almanac(['plan', '--colour'])).code).toBe(2)
    expect(await almanac(['plan', 'registry'], { ALMANAC_API_KEY: 'alm_wrong' })).toMatchObject({ code: 1 })
    expect(await almanac(['plan', 'registry'], { ALMANAC_URL: 'http://127.0.0.1:1' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('was not reached'),
    })
    expect(await almanac(['plan', 'registry'], { ALMANAC_API_KEY: inject('keys').viewer })).toMatchObject({
      code: 1,
      err: expect.stringContaining('acts as a viewer'),
    })
  })
})
