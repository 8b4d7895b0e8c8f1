import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { withDatabase } from '@/db/testing/url'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { queryRows, sqlText } from '@/lib/offline'
import { getSource, registerSource } from '@/lib/registry'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { inferDefinition } from '../infer'
import { bytesOf, readOnline } from '../testing'
import { registerCheckedGroup } from '../transform/checked-versions'
import { listTransformationRuns } from '../transform/list-runs'
import { runTransformation } from '../transform/run-transformation'
import { readTables } from './read-table'
import { tableInput } from './table-input'

const { adminUrl } = inject('cluster')
const database = `warehouse_${process.pid}_${Date.now()}`
const password = 'p4ssw0rd-of-the-warehouse'
let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
/** The warehouse as its owner sees it. */
let warehouse: postgres.Sql

const as = (user: string, secret: string) => {
  const url = new URL(withDatabase(adminUrl, database))
  url.username = user
  url.password = secret
  return url.href
}

async function asAdmin(...statements: string[]) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  for (const statement of statements) await admin.unsafe(statement)
  await admin.end()
}

beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  await asAdmin(
    `create database ${database}`,
    `create role ${database} login password '${password}'`,
    `alter role ${database} set datestyle to 'German, DMY'`,
  )
  warehouse = postgres(withDatabase(adminUrl, database), { max: 2, onnotice: () => {} })
  process.env.ALMANAC_SOURCE_WAREHOUSE_URL = as(database, password)
  process.env.ALMANAC_SOURCE_WRONG_URL = as(database, 'n0t-the-password')
  process.env.ALMANAC_SOURCE_AWAY_URL = `postgresql://someone:${password}@127.0.0.1:9/nothing`
  process.env.ALMANAC_SOURCE_OWN_URL = process.env.DATABASE_URL
  process.env.ALMANAC_SOURCE_SUPER_URL = adminUrl
})
afterAll(async () => {
  await warehouse.end()
  await asAdmin(`drop database ${database} with (force)`, `drop role ${database}`)
  await engine.stop()
})

const now = new Date('2026-03-10T00:00:00Z')
const producer = (more: Partial<Context> = {}) => contextOf(['producer'], team, { now: () => now, ...more })
const never = new AbortController().signal

/** A table with its source. */
async function table(create: string, config: Record<string, unknown> = {}) {
  const name = mintName('orders')
  await warehouse.unsafe(`create table ${name} ${create}`)
  await warehouse.unsafe(`grant select on ${name} to ${database}`)
  await registerSource(producer(), {
    name,
    kind: 'table',
    config: { connection: 'warehouse', table: name, ...config },
    owner_team: team.name,
  })
  return name
}

const rowsOf = async (config: Record<string, unknown>, select = '*'): Promise<unknown[][]> => {
  const files = await readTables(
    [
      {
        input: tableInput('it', { connection: 'warehouse', ...config }),
        reading: { span: null, limit: null },
      },
    ],
    never,
  )
  return queryRows(`SELECT ${select} FROM read_parquet(${sqlText(files.get('it')?.path ?? '')})`)
}

const spending = (source: string, more: object = {}) => ({
  name: mintName('spending'),
  description: 'What customers spent.',
  entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
  primary_key: ['customer_id'],
  timestamp_key: 'day_end',
  owner_team: team.name,
  features: [
    { name: 'spent', type: 'decimal(20,4)' },
    { name: 'orders', type: 'int64' },
  ],
  transformation: {
    sql: `select customer_id, date_trunc('day', sold_at) + interval 1 day as day_end, sum(amount)::decimal(20,4) as spent, count(*) as orders
      from ${source} where sold_at >= $from - interval 1 day group by all`,
    inputs: [source],
    interval: 'P1D',
    lookback: 'P1D',
    ...more,
  },
})

const ordersTable = `(id bigint generated always as identity, customer_id bigint not null, sold_at timestamptz not null,
  updated_at timestamptz not null default now(), amount numeric(20,4))`

describe('tables as sources', () => {
  it('come in exactly: every type, nulls, empty texts, and what hides in texts', async () => {
    const name = mintName('types')
    await warehouse.unsafe(`
      create type ${name}_mood as enum ('glad', 'sad');
      create domain ${name}_cents as numeric(12,2);
      create table ${name} (i2 int2, i4 int4, i8 int8, n numeric(38,10), c ${name}_cents, loose numeric, f4 float4, f8 float8,
        b bool, t text, d date, ts timestamp, tz timestamptz, y bytea, j json, jb jsonb, u uuid, m ${name}_mood, a bigint[], s text[], "Strange ""name" text);
      insert into ${name} values (-32768, -2147483648, 9223372036854775807, '1234567890123456789012345678.0123456789', 1.10,
        '123456789012345678901234567890123456789012345.5', '0.1', '1e-300', true, E'a\\tb\\n"c",\\\\N {"}', '2026-02-28', '2026-01-01 12:00:00.123456',
        '2026-01-01 12:00:00.123456+05:30', '\\x00ff5c', '{"a": 1.10, "a": 2}', '{"b": [1, null]}', '00000000-0000-0000-0000-00000000000a', 'sad', '{1,null,9007199254740993}', '{"",null,"x y"}', '');
      insert into ${name} default values;
      insert into ${name} (f4, f8, t, a) values ('NaN', '-Infinity', '', '{}');
      grant select on ${name} to ${database};`)
    const described = await rowsOf({ table: name }, "list(distinct '') ")
    expect(described).toHaveLength(1)
    const texts = await rowsOf(
      { table: name },
      `i2::text, i4::text, i8::text, n::text, c::text, loose, f4::text, f8::text, b::text, t, d::text, ts::text, tz::text, hex(y), j::text, jb::text, u, m, a::text, s::text, "Strange ""name"`,
    )
    expect(texts[0]).toEqual([
      '-32768',
      '-2147483648',
      '9223372036854775807',
      '1234567890123456789012345678.0123456789',
      '1.10',
      '123456789012345678901234567890123456789012345.5',
      '0.1',
      '1e-300',
      'true',
      'a\tb\n"c",\\N {"}',
      '2026-02-28',
      '2026-01-01 12:00:00.123456',
      '2026-01-01 06:30:00.123456',
      '00FF5C',
      '{"a": 1.10, "a": 2}',
      '{"b": [1, null]}',
      '00000000-0000-0000-0000-00000000000a',
      'sad',
      '[1, NULL, 9007199254740993]',
      expect.stringContaining('x y'),
      '',
    ])
    expect(texts[1]).toEqual(Array.from({ length: 21 }, () => null))
    expect([texts[2]?.[6], texts[2]?.[7], texts[2]?.[9], texts[2]?.[18]]).toEqual(['nan', '-inf', '', '[]'])
  })

  it('feed a group from its watermark on, and late rows re-open their windows', async () => {
    const ctx = producer()
    const source = await table(ordersTable, { timestamp_column: 'sold_at', updated_column: 'updated_at' })
    await warehouse.unsafe(`insert into ${source} (customer_id, sold_at, updated_at, amount) values
      (1, '2026-03-01 10:00+00', '2026-03-01', 10.0001), (1, '2026-03-01 20:00+00', '2026-03-01', 0.1), (2, '2026-03-02 09:00+00', '2026-03-02', 5)`)
    const group = await registerCheckedGroup(ctx, spending(source))
    const first = await runTransformation(ctx, { group: group.name })
    expect(first).toMatchObject({ rows: 2, to: '2026-03-03T00:00:00.000000Z' })
    const read = async () =>
      (await readOnline(ctx, [`${group.name}:spent`, `${group.name}:orders`], { customer_id: [1, 2] })).values
    expect(await read()).toEqual([
      ['10.1001', '5.0000'],
      [2, 1],
    ])
    expect(await runTransformation(ctx, { group: group.name })).toMatchObject({ rows: 0, windows: [] })
    await warehouse.unsafe(`insert into ${source} (customer_id, sold_at, updated_at, amount) values
      (1, '2026-03-01 21:00+00', '2026-03-03', 1), (2, '2026-03-04 09:00+00', '2026-03-04', 7)`)
    const second = await runTransformation(ctx, { group: group.name })
    expect(second.windows.map(({ from, to, rows }) => [from.slice(0, 10), to.slice(0, 10), rows])).toEqual([
      ['2026-03-01', '2026-03-05', 3],
    ])
    expect(await read()).toEqual([
      ['11.1001', '7.0000'],
      [3, 1],
    ])
  })

  it('are asked for no more rows than the window and its look-back need', async () => {
    const source = await table(`(at timestamptz, v int)`, { timestamp_column: 'at' })
    await warehouse.unsafe(`insert into ${source}
      select '2026-03-01'::timestamptz + n * interval '1 hour', n from generate_series(0, 99) n union all select null::timestamptz, -1`)
    const of = async (config: object, from: string, to: string) => {
      const input = tableInput(source, { connection: 'warehouse', table: source, ...config })
      const files = await readTables([{ input, reading: { span: { from, to }, limit: null } }], never)
      const path = sqlText(files.get(source)?.path ?? '')
      return (await queryRows(`SELECT v FROM read_parquet(${path}) ORDER BY v`)).map(([v]) => v)
    }
    const span = ['2026-03-01T03:00:00.000000Z', '2026-03-01T06:00:00.000000Z'] as const
    expect(await of({ timestamp_column: 'at' }, ...span)).toEqual([-1, 3, 4, 5, 6])
    expect(await of({}, ...span)).toHaveLength(101)
  })

  it('of one connection are seen as of one instant', async () => {
    const one = await table('(v int)')
    const two = await table('(v int)')
    await warehouse.unsafe(`insert into ${one} values (1); insert into ${two} values (1)`)
    let stop = false
    const writing = (async () => {
      for (let v = 2; !stop; v++)
        await warehouse.begin((tx) =>
          tx.unsafe(`insert into ${one} values (${v}); insert into ${two} values (${v})`),
        )
    })()
    try {
      for (let round = 0; round < 5; round++) {
        const reading = { span: null, limit: null }
        const inputs = [one, two].map((name) => tableInput(name, { connection: 'warehouse', table: name }))
        const files = await readTables(
          inputs.map((input) => ({ input, reading })),
          never,
        )
        const [row] = await queryRows(
          `SELECT ${[one, two].map((name) => `(SELECT max(v) FROM read_parquet(${sqlText(files.get(name)?.path ?? '')}))`).join(', ')}`,
        )
        expect(row?.[0]).toBe(row?.[1])
      }
    } finally {
      stop = true
      await writing
    }
  })

  it('are inferred from', async () => {
    const source = await table(ordersTable)
    await warehouse.unsafe(`insert into ${source} (customer_id, sold_at, amount)
      select n % 7, '2026-03-01'::timestamptz + n * interval '1 hour', n from generate_series(1, 50) n`)
    const proposal = await inferDefinition(producer(), {
      name: 'sold',
      contentType: 'application/json',
      bytes: bytesOf(JSON.stringify({ source })),
    })
    expect(JSON.stringify(proposal)).toContain('decimal(20,4)')
    expect(proposal).toMatchObject({ rows: 50 })
  })
})

describe('what is wrong with a table', () => {
  const failure = (config: object, signal = never) =>
    readTables(
      [
        {
          input: tableInput('it', { connection: 'warehouse', table: 'nothing', ...config }),
          reading: { span: null, limit: null },
        },
      ],
      signal,
    ).then(
      () => 'nothing',
      (error: unknown) => (error instanceof Error ? `${Reflect.get(error, 'code')}: ${error.message}` : ''),
    )

  it('is said without a secret', async () => {
    const name = mintName('odd')
    await warehouse.unsafe(`create table ${name} (v int, p point, s interval, hidden int, nested int[], n numeric(5,2));
      create table ${name}_denied (v int); grant select on ${name} to ${database};
      insert into ${name} (nested, n) values ('{{1,2},{3,4}}', 'NaN')`)
    const told = {
      missing: await failure({}),
      unset: await failure({ connection: 'elsewhere' }),
      wrong: await failure({ connection: 'wrong' }),
      away: await failure({ connection: 'away' }),
      denied: await failure({ table: `${name}_denied` }),
      types: await failure({ table: name }),
      column: await failure({ table: name, columns: ['v', 'w'] }),
      nested: await failure({ table: name, columns: ['nested'] }),
      value: await failure({ table: name, columns: ['n'] }),
    }
    expect(told).toEqual({
      missing: expect.stringMatching(/^conflict: .*there is no table `public.nothing`/),
      unset: expect.stringMatching(/^conflict: .*ALMANAC_SOURCE_ELSEWHERE_URL is not set/),
      wrong: expect.stringMatching(/^conflict: .*the role or its password is wrong/),
      away: expect.stringMatching(/^unavailable: .*cannot be reached: ECONNREFUSED/),
      denied: expect.stringMatching(/^conflict: .*may not read `public.odd\w+_denied`/),
      types: expect.stringMatching(/^conflict: .*`p` \(point\), `s` \(interval\)/),
      column: expect.stringMatching(/^conflict: .*no column `w`/),
      nested: expect.stringMatching(/^conflict: .*2 dimensions in an array/),
      value: expect.stringMatching(/^conflict: .*a value of its table.*NaN/),
    })
    expect(JSON.stringify(told)).not.toMatch(/p4ssw0rd|n0t-the/)
  })

  it('is the portal’s own database with the portal’s own rights', async () => {
    for (const connection of ['own', 'super'])
      expect(await failure({ connection, table: 'audit_log' })).toMatch(/^conflict: .*Almanac’s own database/)
  })

  it('fails the run and changes nothing', async () => {
    const ctx = producer()
    const source = await table(ordersTable)
    const group = await registerCheckedGroup(ctx, spending(source))
    await warehouse.unsafe(`drop table ${source}`)
    await expect(runTransformation(ctx, { group: group.name })).rejects.toMatchObject({ code: 'conflict' })
    const { data } = await listTransformationRuns(ctx, { group: group.name })
    expect(data).toMatchObject([{ state: 'failed', error: expect.stringContaining('there is no table') }])
    expect(readdirSync(join(env().home, 'staging')).filter((name) => name.includes('table'))).toEqual([])
  })

  it('ends on the server when the job is cancelled', async () => {
    const name = mintName('slow')
    await warehouse.unsafe(
      `create view ${name} as select n, pg_sleep(0.05)::text as waited from generate_series(1, 100000) n; grant select on ${name} to ${database}`,
    )
    const cancelled = new AbortController()
    const reading = failure({ table: name }, cancelled.signal)
    const active = () =>
      warehouse`select 1 from pg_stat_activity where query like 'fetch%almanac_rows%' and datname = current_database() and state = 'active' and pid <> pg_backend_pid()`
    await expect.poll(async () => (await active()).length, { timeout: 10_000 }).toBe(1)
    cancelled.abort(new Error('enough'))
    expect(await reading).toContain('enough')
    await expect.poll(async () => (await active()).length, { timeout: 10_000 }).toBe(0)
  })

  it('ends with the job that somebody cancels while its caller waits', async () => {
    const ctx = producer()
    const source = await table(ordersTable)
    const group = await registerCheckedGroup(ctx, spending(source))
    await warehouse.unsafe(`drop table ${source}; create view ${source} as
      select n::bigint as customer_id, '2026-03-01'::timestamptz + n * interval '1 second' as sold_at,
        (pg_sleep(0.05)::text || '1')::numeric(20,4) as amount from generate_series(1, 100000) n;
      grant select on ${source} to ${database}`)
    const running = expect(runTransformation(ctx, { group: group.name })).rejects.toMatchObject({
      code: 'conflict',
      message: 'The run was cancelled.',
    })
    const own = eq(jobs.resourceName, group.name)
    await expect.poll(() => db().$count(jobs, own), { timeout: 10_000 }).toBe(1)
    await db().update(jobs).set({ cancelRequestedAt: now.toISOString() }).where(own)
    await running
    expect(await db().select().from(jobs).where(own)).toMatchObject([
      { state: 'cancelled', title: `Run ${group.name}@1`, error: null },
    ])
  })

  it('is refused where it would be kept: a password has no place in what everybody reads', async () => {
    const ctx = producer()
    const body = (config: object) => ({
      name: mintName('secret'),
      kind: 'table',
      config,
      owner_team: team.name,
    })
    await expect(
      registerSource(ctx, body({ connection: `postgresql://x:${password}@y/z`, table: 't' })),
    ).rejects.toMatchObject({ code: 'invalid' })
    const kept = await registerSource(ctx, body({ connection: 'warehouse', table: 't' }))
    expect(JSON.stringify(await getSource(ctx, kept.name))).not.toContain('postgres')
  })
})
