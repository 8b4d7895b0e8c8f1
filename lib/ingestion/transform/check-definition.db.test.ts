import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { getFeatureGroup, registerSource } from '@/lib/registry'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { addCheckedVersion, registerCheckedGroup, submitTestedVersion, testVersion } from './checked-versions'
import { runTransformation } from './run-transformation'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let ctx: Context
let source: string
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  ctx = contextOf(['producer'], team)
  source = mintName('orders')
  const folder = join(env().home, 'sources', source)
  mkdirSync(folder, { recursive: true })
  const lines = ['customer_id,sold_at,amount', '1,2026-03-01T10:00:00,10', '']
  writeFileSync(join(folder, '1.csv'), lines.join('\n'))
  const config = { path: `${source}/*.csv`, format: 'csv' }
  await registerSource(ctx, { name: source, kind: 'file', config, owner_team: team.name })
})
afterAll(() => engine.stop())

const daily = () => `select customer_id,
  date_trunc('day', sold_at) + interval 1 day as day_end,
  sum(amount)::double as spent
from ${source} where sold_at >= $from group by all`

const body = (transformation: object, more: object = {}) => ({
  name: mintName('spending'),
  description: 'What customers spent.',
  entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
  primary_key: ['customer_id'],
  timestamp_key: 'day_end',
  owner_team: team.name,
  transformation: { sql: daily(), inputs: [source], ...transformation },
  features: [{ name: 'spent', type: 'float64', description: 'Dollars.' }],
  ...more,
})

const failureOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => Promise.reject(new Error('It did not fail.')),
    (error: unknown) => (error instanceof DomainError ? error : Promise.reject(error)),
  )

const order = (amount: number, sold_at = '2026-03-01T10:00:00Z') => ({ customer_id: 1, sold_at, amount })
const test = (expected: object[], more: object = {}) => ({
  name: 'a day is the sum of its orders',
  inputs: { [source]: [order(10), order(5, '2026-03-01T23:59:59Z'), order(7, '2026-03-02T00:00:00Z')] },
  window: { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
  expect: expected,
  ...more,
})
const right = { customer_id: 1, day_end: '2026-03-02T00:00:00Z', spent: 15 }

describe('at registration', () => {
  it('ends for more at once than the pool holds connections', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => registerCheckedGroup(ctx, body({}))))
    expect(made).toHaveLength(12)
  }, 30_000)

  it.each([
    ['no such column', () => daily().replace('amount', 'amont'), /amont.*\(line 3, column 7\)/],
    ['no such function', () => daily().replace('sum(', 'summ('), /summ/],
    [
      'a fault behind a placeholder',
      () => `${daily()} having $from < nonsense`,
      /nonsense.*\(line 4, column \d+\)/,
    ],
    ['no SQL', () => 'selec 1', /not one SELECT.*line 1/],
    ['two statements', () => `${daily()}; select 1`, /exactly one|syntax/],
    [
      'an undeclared column',
      () => daily().replace('as spent', 'as spent, 1 as more'),
      /`more`, which is not declared/,
    ],
    ['a missing column', () => daily().replace('as spent', 'as other'), /no column `spent`/],
    [
      'another type',
      () => daily().replace('sum(amount)::double', "max('x')"),
      /`spent` as VARCHAR; float64 is declared/,
    ],
    ['a clock', () => daily().replace('where', 'where now() > sold_at and'), /now\(\)/],
    ['a quoted clock', () => daily().replace('where', 'where "now"() > sold_at and'), /`now`/],
  ])('refuses %s, and says where', async (_, sql, reason) => {
    const one = body({ sql: sql() })
    const failure = await failureOf(registerCheckedGroup(ctx, one))
    expect(failure.code).toBe('invalid')
    expect(failure.message).toMatch(reason)
    expect(failure.details.errors?.length).toBeGreaterThan(0)
    expect((await failureOf(getFeatureGroup(ctx, one.name))).code).toBe('not_found')
  })

  it.each([
    ['a file by its path', "select * from '/etc/passwd'"],
    ['a file of another group', "select * from read_parquet('/x/offline/prod/a/v1/b.parquet')"],
    ['a text file', "select * from read_text('/etc/passwd')"],
    ['a listing', "select * from glob('/**')"],
    ['an attached database', "attach '/tmp/x.db' as x"],
    ['an extension', 'install httpfs'],
    ['a setting', "set memory_limit = '100GB'"],
    ['a setting read', "select current_setting('allowed_directories')"],
    ['an environment variable', "select getenv('HOME')"],
    ['a write', "copy (select 1) to '/tmp/x.csv'"],
    ['a table', 'create table x as select 1'],
    ['a query in a text', "select * from query('select 1')"],
    ['a table in a text', "select * from query_table(['x'])"],
    ['the catalogue', 'select * from duckdb_settings()'],
    ['the schema', 'select * from information_schema.tables'],
    ['a name that is a file', 'with "/etc/passwd" as (select 1) select * from "/etc/passwd"'],
  ])('refuses %s', async (_, sql) => {
    const failure = await failureOf(registerCheckedGroup(ctx, body({ sql })))
    expect(failure.code).toBe('invalid')
  })

  it('refuses to gather rows without looking back, and not to make them one by one', async () => {
    const grid = { interval: 'P1D', lookback: 'PT0S' }
    const gathered = await failureOf(registerCheckedGroup(ctx, body(grid)))
    expect(gathered.details.errors?.[0]?.pointer).toBe('/transformation/lookback')
    const both = `${daily()} union all ${daily()}`
    expect((await failureOf(registerCheckedGroup(ctx, body({ ...grid, sql: both })))).code).toBe('invalid')
    const one = `select customer_id, sold_at as day_end, amount::double as spent from ${source} where sold_at > $from`
    await registerCheckedGroup(ctx, body({ ...grid, sql: one }))
    await registerCheckedGroup(ctx, body({ ...grid, lookback: 'P1D' }))
  })

  it('refuses tests that fail, naming test, row and column', async () => {
    const failure = await failureOf(
      registerCheckedGroup(ctx, body({ tests: [test([{ ...right, spent: 16 }])] })),
    )
    expect(failure.details.errors).toEqual([
      expect.objectContaining({
        pointer: '/transformation/tests/0',
        reason: expect.stringMatching(
          /a day is the sum.*row 1.*column `spent`: expected 16\.0, computed 15\.0/,
        ),
      }),
    ])
  })

  it('keeps a group whose tests pass', async () => {
    const group = await registerCheckedGroup(ctx, body({ tests: [test([right])] }))
    expect(group.transformation?.tests).toHaveLength(1)
    expect(await runTransformation(ctx, { group: group.name })).toMatchObject({ rows: 1 })
  })

  it('takes a source whose files have not come; its tests tell their types', async () => {
    const name = mintName('later')
    const config = { path: `${name}/*.csv`, format: 'csv' }
    await registerSource(ctx, { name, kind: 'file', config, owner_team: team.name })
    const tests = [{ ...test([right]), inputs: { [name]: [order(10), order(5)] } }]
    const sql = daily().replace(source, name)
    const group = await registerCheckedGroup(ctx, body({ sql, inputs: [name], tests }))
    expect((await failureOf(runTransformation(ctx, { group: group.name }))).message).toContain('no file yet')
  })

  it('refuses a group that is computed from itself, also by way of another', async () => {
    const first = await registerCheckedGroup(ctx, body({}))
    const select = (from: string) => `select customer_id, day_end, spent from ${from}`
    const second = await registerCheckedGroup(ctx, body({ sql: select(first.name), inputs: [first.name] }))
    const failure = await failureOf(
      addCheckedVersion(ctx, first.name, {
        features: [{ name: 'spent', type: 'float64', description: 'Dollars.' }],
        transformation: { sql: select(second.name), inputs: [second.name] },
      }),
    )
    expect(failure.message).toContain('from itself')
  })

  it('does not let go on for ever what never ends', async () => {
    const endless = `with recursive t(n) as (select 1 union all select n + 1 from t)
      select n as customer_id, timestamp '2026-03-01' as day_end, 1.0 as spent from t`
    // Binding runs nothing.
    const group = await registerCheckedGroup(ctx, body({ sql: endless, inputs: [] }))
    const bounded = { ...ctx, signal: AbortSignal.timeout(1500) }
    await expect(runTransformation(bounded, { group: group.name })).rejects.toThrow()
  })
})

describe('before review', () => {
  const confidential = { classification: 'confidential', purposes: ['billing'], lawful_basis: 'contract' }

  it('keeps a draft whose tests fail, and does not let it be submitted until they pass', async () => {
    const wrong = test([
      { ...right, spent: 16 },
      { ...right, customer_id: 2 },
    ])
    const group = await registerCheckedGroup(ctx, body({ tests: [wrong] }, confidential))
    expect(group.state).toBe('draft')
    const failure = await failureOf(submitTestedVersion(ctx, group.name, 1, {}))
    expect(failure.message).toContain('A test of')
    expect((await getFeatureGroup(ctx, group.name)).state).toBe('draft')
    await addCheckedVersion(ctx, group.name, {
      features: [{ name: 'spent', type: 'float64', description: 'Dollars.' }],
      transformation: { sql: daily(), inputs: [source], tests: [test([right])] },
    })
    expect(await submitTestedVersion(ctx, group.name, 1, {})).toMatchObject({ state: 'in_review' })
  })

  it('tells the difference on demand', async () => {
    const tests = [
      test([right]),
      test(
        [
          { ...right, spent: 16 },
          { ...right, customer_id: 2 },
        ],
        { name: 'wrong' },
      ),
      test([right], { name: 'no such column', inputs: { [source]: [{ customer_id: 1, amout: 1 }] } }),
      test([right], { name: 'no such input', inputs: { elsewhere: [] } }),
      test([right], {
        name: 'not a number',
        inputs: { [source]: [order(1), { ...order(1), customer_id: 1.5 }] },
      }),
    ]
    const group = await registerCheckedGroup(ctx, body({ tests }, confidential))
    const { passed, tests: outcomes } = await testVersion(ctx, group.name, 1)
    expect(passed).toBe(false)
    expect(outcomes.map(({ name, passed: good }) => [name, good])).toEqual([
      ['a day is the sum of its orders', true],
      ['wrong', false],
      ['no such column', false],
      ['no such input', false],
      ['not a number', false],
    ])
    expect(outcomes[1]?.differences).toEqual([
      {
        kind: 'differs',
        row: 1,
        key: '1, "2026-03-02T00:00:00.000000Z"',
        column: 'spent',
        expected: '16.0',
        actual: '15.0',
      },
      expect.objectContaining({ kind: 'missing', row: 2 }),
    ])
    expect(outcomes[2]?.error).toContain('`amout`')
    expect(outcomes[3]?.error).toContain('`elsewhere`')
    expect(outcomes[4]?.error).toContain('column `customer_id`')
    const viewer = contextOf([], null)
    expect((await failureOf(testVersion(viewer, group.name, 1))).code).toBe('forbidden')
  })
})
