import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { testActor, testContext } from '@/lib/identity/testing'
import { deleteRows } from '@/lib/ingestion'
import { ingest, ingestInput } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import {
  classifyFeature,
  contextOf,
  groupBody,
  mintName,
  mintTeam,
  type TestTeam,
} from '@/lib/registry/testing'
import { countReads, flushUsage } from '@/lib/usage'
import { dayMs } from './calendar'
import { getDayStrip } from './day-strip'
import { uniformGenerator } from './distances/random'
import { getDriftSeries } from './drift-series'
import { getOverview } from './overview'
import { getVerdict } from './verdict'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const today = Date.parse('2026-05-03T00:00:00Z')
const now = () => new Date(today + 12 * 3_600_000)
const producer = () => contextOf(['producer'], team, { now })

/** Rows of `days` before today, 0 being today, at 06:00. */
function rowsOf(days: number[], perDay = 3, shift: (day: number) => number = () => 0) {
  const next = uniformGenerator(5)
  return days.flatMap((day) =>
    Array.from({ length: perDay }, (_, i) => ({
      customer_id: i,
      interaction_date: new Date(today - day * dayMs + 6 * 3_600_000).toISOString(),
      num_logins: 1 + (i % 5),
      avg_session_duration: next() * 20 + shift(day),
    })),
  )
}

const days = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, i) => first - i)

async function groupWith(rows: unknown[], more: Record<string, unknown> = {}) {
  const ctx = producer()
  const group = await registerFeatureGroup(ctx, groupBody({ cadence: 'P1D', ...more }))
  if (rows.length > 0) await ingest(ctx, group.name, rows)
  return { ctx, name: group.name }
}

const statesOf = async (ctx: ReturnType<typeof producer>, name: string) =>
  (await getDayStrip(ctx, [name])).get(name)?.map(({ state }) => state)

describe('getDayStrip', () => {
  it('shows arrivals of 28 days to today against the cadence', async () => {
    const { ctx, name } = await groupWith(rowsOf([...days(20, 6), 3, 2]))
    const strip = (await getDayStrip(ctx, [name])).get(name) ?? []
    expect(strip).toHaveLength(28)
    expect([strip[0]?.date, strip[27]?.date]).toEqual(['2026-04-06', '2026-05-03'])
    expect(strip.map(({ state }) => state)).toEqual([
      ...Array(7).fill('not_due'),
      ...Array(15).fill('ok'),
      // Two silent days: 1.75 and 2.75 intervals at their ends.
      ...['warn', 'warn'],
      ...['ok', 'ok'],
      // Yesterday, and today at noon.
      ...['warn', 'warn'],
    ])
    expect(strip[7]).toMatchObject({
      detail: '3 rows; drift not judged',
      href: expect.stringContaining(name),
    })
  })

  it('counts what came since it was asked last', async () => {
    const { ctx, name } = await groupWith(rowsOf([5]))
    expect((await statesOf(ctx, name))?.slice(-2)).toEqual(['fail', 'fail'])
    const gone = JSON.stringify({ rows: [{ customer_id: 1, interaction_date: '2026-05-03' }] })
    await deleteRows(ctx, ingestInput(name, gone))
    expect((await statesOf(ctx, name))?.slice(-2), 'a tombstone is no row').toEqual(['fail', 'fail'])
    await ingest(ctx, name, rowsOf([0]))
    expect((await statesOf(ctx, name))?.slice(-2)).toEqual(['fail', 'ok'])
  })

  it('is never ok for a group without rows or promise', async () => {
    const { ctx, name } = await groupWith([])
    expect(new Set(await statesOf(ctx, name))).toEqual(new Set(['not_due', 'no_data']))
    const quiet = await groupWith(rowsOf([10]), { cadence: undefined })
    expect((await statesOf(quiet.ctx, quiet.name))?.slice(-11)).toEqual(['ok', ...Array(10).fill('no_data')])
  })

  it('marks days on which rows broke the contract', async () => {
    const at = (hours: number) =>
      contextOf(['producer'], team, { now: () => new Date(today + hours * 3_600_000) })
    const { name } = await groupWith(rowsOf([0]), {})
    const bad = rowsOf([0], 1).map((row) => ({ ...row, num_logins: -1 }))
    await ingest(at(9), name, [...rowsOf([0]), ...bad], { mode: 'quarantine' })
    const strip = (await getDayStrip(producer(), [name])).get(name)
    expect(strip?.at(-1)).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('1 row held back, 6 taken in'),
    })
    expect(await getVerdict(producer(), { group: name })).toContainEqual(
      expect.objectContaining({
        id: 'contract',
        state: 'warn',
        text: 'contract kept 0 of 1 day with arrivals',
      }),
    )
  })

  it('shows the drift that was judged, of the group and of each feature', async () => {
    const { ctx, name } = await groupWith(rowsOf(days(80, 0), 220, (day) => (day === 4 ? 15 : 0)))
    await getDriftSeries(ctx, { group: name, feature: 'num_logins', window: 'day' })
    const features = [`${name}:avg_session_duration`, `${name}:num_logins`]
    const strips = await getDayStrip(ctx, [name, ...features, 'no_such_group', 'not a name'])
    const bad = (key: string) =>
      strips.get(key)?.flatMap(({ date, state }) => (state === 'ok' ? [] : [[date, state]]))
    expect([...strips.keys()]).toEqual([name, ...features])
    expect(bad(name)).toEqual([['2026-04-29', 'fail']])
    expect(bad(features[0] ?? '')).toEqual([['2026-04-29', 'fail']])
    expect(bad(features[1] ?? '')).toEqual([])
    expect(strips.get(name)?.find(({ state }) => state === 'fail')?.detail).toMatch(
      /^220 rows; avg_session_duration moved 2\.\d sd up: PSI .* over 0\.25$/,
    )
  })

  it('neither names nor judges by a feature that is stricter than its group', async () => {
    const rows = rowsOf(days(80, 0), 220, (day) => (day <= 6 && day > 0 ? 15 : 0))
    const { ctx, name } = await groupWith(rows)
    await getDriftSeries(ctx, { group: name, feature: 'num_logins' })
    const viewer = contextOf(['viewer'], null, { now })
    const told = async (reader: typeof viewer) =>
      JSON.stringify([
        ...(await getDayStrip(reader, [name, `${name}:avg_session_duration`, `${name}:num_logins`])),
        await getVerdict(reader, { group: name }),
        (await getOverview(reader, { limit: 200 })).data.filter(({ group }) => group === name),
      ])
    expect(await told(viewer)).toContain('avg_session_duration moved 2')
    for (const classification of ['restricted', 'confidential'] as const) {
      await classifyFeature(name, 'avg_session_duration', classification)
      const strips = await getDayStrip(viewer, [name, `${name}:avg_session_duration`])
      expect(new Set(strips.get(name)?.map(({ state }) => state)), classification).toEqual(new Set(['ok']))
      expect((await getVerdict(viewer, { group: name }))[1]).toMatchObject({ state: 'ok' })
      expect(await told(ctx), 'the team sees that it moved, and no values').toContain(
        'avg_session_duration moved',
      )
      expect(await told(ctx)).not.toContain('moved 2')
      if (classification === 'restricted') expect(await told(viewer)).not.toContain('avg_session_duration')
      else
        expect(strips.get(`${name}:avg_session_duration`)?.at(-2)?.detail).toBe(
          '220 rows; drift not shown to you',
        )
    }
  })

  it('says that there is no contract where no feature that the reader knows of has one', async () => {
    const column = { name: 'avg_session_duration', type: 'float64', description: 'Minutes.' }
    const bounded = { ...column, name: 'num_logins', contract: { min: 0 } }
    const free = await groupWith(rowsOf([0]), { features: [column, { ...bounded, contract: undefined }] })
    const none = { id: 'contract', state: 'unknown', text: 'no contract: nothing is promised' }
    expect(await getVerdict(free.ctx, { group: free.name })).toContainEqual(expect.objectContaining(none))
    const held = await groupWith(rowsOf([0]), { features: [column, bounded] })
    const viewer = contextOf(['viewer'], null, { now })
    const clause = async () =>
      (await getVerdict(viewer, { group: held.name })).find(({ id }) => id === 'contract')
    expect(await clause()).toMatchObject({ state: 'ok', text: 'contract kept 1 of 1 day with arrivals' })
    await classifyFeature(held.name, 'num_logins', 'restricted')
    expect(await clause()).toMatchObject(none)
  })

  it('leaves out what the caller may not know of', async () => {
    const { name } = await groupWith([], { classification: 'restricted' })
    const stranger = testContext(await testActor({ role: 'viewer' }), { now })
    expect((await getDayStrip(stranger, [name])).size).toBe(0)
    await expect(getVerdict(stranger, { group: name })).rejects.toMatchObject({ code: 'not_found' })
    const { data } = await getOverview(stranger, { limit: 200 })
    expect(data.map(({ group }) => group)).not.toContain(name)
  })
})

describe('getVerdict', () => {
  it('says in five clauses how the group is', async () => {
    const { ctx, name } = await groupWith(rowsOf(days(80, 0), 220, (day) => (day <= 6 && day > 0 ? 15 : 0)))
    expect(await getVerdict(ctx, { group: name })).toMatchObject([
      { id: 'fresh', state: 'ok', text: 'Fresh 6 hours ago' },
      { id: 'drift', state: 'unknown', text: 'drift not judged yet' },
      { id: 'readers', state: 'fact', text: 'no readers in 30 days' },
      { id: 'contract', state: 'ok', text: 'contract kept 1 of 1 day with arrivals' },
      { id: 'owner', state: 'fact', text: `owned by ${team.name}` },
    ])
    await getDriftSeries(ctx, { group: name, feature: 'num_logins' })
    const target = { groupName: name, version: 1, feature: 'num_logins', environment: 'prod' }
    countReads(ctx.actor, 'online', [target], 1, now().getTime())
    await flushUsage()
    const clauses = await getVerdict(ctx, { group: name })
    expect(clauses[1]).toMatchObject({
      state: 'fail',
      text: 'avg_session_duration moved in the week of 27 April',
      href: `/groups/${name}?tab=quality`,
    })
    expect(clauses[2]).toMatchObject({ text: '1 reader in 30 days' })
  })

  it('says since when there is silence, and why nothing is known', async () => {
    const { ctx, name } = await groupWith(rowsOf(days(60, 30)))
    const silent = await getVerdict(ctx, { group: name })
    expect(silent[0]).toMatchObject({ state: 'fail', text: 'No rows since 3 April, due every 24 hours' })
    expect(silent[1]).toMatchObject({
      state: 'unknown',
      text: 'no rows since 3 April, so drift is not judged',
    })
    const empty = await groupWith([])
    const nothing = await getVerdict(empty.ctx, { group: empty.name })
    expect(nothing.slice(0, 2)).toMatchObject([
      { state: 'unknown', text: 'No rows yet' },
      { state: 'unknown', text: 'drift unknown, no rows yet' },
    ])
  })
})

describe('getOverview', () => {
  it('lists groups worst first, by owner and state, a page at a time', async () => {
    const own = await mintTeam()
    const ctx = contextOf(['producer'], own, { now })
    const register = async (rows: unknown[]) => {
      const { name } = await registerFeatureGroup(
        ctx,
        groupBody({ name: mintName('overview'), cadence: 'P1D' }),
      )
      if (rows.length > 0) await ingest(ctx, name, rows)
      return name
    }
    const fine = await register(rowsOf(days(10, 0)))
    const silent = await register(rowsOf(days(20, 9)))
    const late = await register(rowsOf(days(20, 2)))
    const all = await getOverview(ctx, { team: own.name, limit: 50 })
    expect(all.data.map(({ group, state }) => [group, state])).toEqual([
      [silent, 'fail'],
      [late, 'warn'],
      [fine, 'ok'],
    ])
    expect(all).toMatchObject({
      counts: { fail: 1, warn: 1, ok: 1, no_data: 0 },
      meta: { total: 3, next_cursor: null },
    })
    const first = await getOverview(ctx, { team: own.name, limit: 2 })
    const second = await getOverview(ctx, { team: own.name, limit: 2, cursor: first.meta.next_cursor ?? '' })
    expect([...first.data, ...second.data]).toEqual(all.data)
    expect((await getOverview(ctx, { team: own.name, state: 'warn', limit: 50 })).data).toHaveLength(1)
  })
})
