import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { testActor, testContext } from '@/lib/identity/testing'
import { registerFeatureGroup, registerSource } from '@/lib/registry'
import { contextOf, mintName } from '@/lib/registry/testing'
import { revertCommit } from '../revert/revert-commit'
import { getCoverage } from './get-coverage'
import { runTransformation } from './run-transformation'
import { getTransformation, takeOverTransformation } from './transformation-status'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
const team = mintName('team')
let ctx: Context
beforeAll(async () => {
  engine = await startEngineForTests()
  ctx = testContext(await testActor({ role: 'producer', team }), {
    now: () => new Date('2026-03-12T10:00:00Z'),
  })
})
afterAll(() => engine.stop())

async function spending(broken = false) {
  const source = mintName('orders')
  const folder = join(env().home, 'sources', source)
  mkdirSync(folder, { recursive: true })
  const days = Array.from(
    { length: 9 },
    (_, at) => `1,2026-03-0${at + 1}T10:00:00,${at === 4 && broken ? -1 : at}`,
  )
  writeFileSync(join(folder, '1.csv'), ['customer_id,sold_at,amount', ...days, ''].join('\n'))
  const config = { path: `${source}/*.csv`, format: 'csv' }
  await registerSource(ctx, { name: source, kind: 'file', config, owner_team: team })
  const { name } = await registerFeatureGroup(ctx, {
    name: mintName('spending'),
    entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
    primary_key: ['customer_id'],
    timestamp_key: 'day_end',
    owner_team: team,
    transformation: {
      sql: `select customer_id, date_trunc('day', sold_at) + interval 1 day as day_end, sum(amount)::double as spent from ${source} group by all`,
      inputs: [source],
      interval: 'P1D',
      lookback: 'P1D',
      schedule: '0 1 * * *',
    },
    features: [{ name: 'spent', type: 'float64', contract: { min: 0 } }],
  })
  return name
}

const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}T00:00:00Z`
const strip = async (group: string) => {
  const { days } = await getCoverage(ctx, { group, from: '2026-03-01', to: '2026-03-12' })
  return days.map(({ state }) => state).join(' ')
}

it('shows what was computed, gaps, failures and reverts, and what is not due', async () => {
  const group = await spending(true)
  expect(await strip(group)).toBe(Array(12).fill('not_due').join(' '))
  const run = (from: number, to: number) =>
    runTransformation(ctx, { group }, { from: day(from), to: day(to) })
  await run(2, 4)
  await run(7, 9)
  await expect(run(5, 6)).rejects.toMatchObject({ code: 'invalid' })
  const { days, gaps, watermark } = await getCoverage(ctx, { group, from: '2026-03-01', to: '2026-03-12' })
  expect(days.map(({ state }) => state).join(' ')).toBe(
    'not_due ok ok no_data fail no_data ok ok not_due not_due not_due not_due',
  )
  expect(watermark).toBe('2026-03-04T00:00:00.000000Z')
  expect(gaps.map(({ from, to, state }) => [from.slice(8, 10), to.slice(8, 10), state])).toEqual([
    ['04', '05', 'gap'],
    ['05', '06', 'failed'],
    ['06', '07', 'gap'],
  ])
  const again = await run(7, 8)
  await revertCommit(ctx, { group, id: again.commit ?? '', body: { reason: 'wrong' } })
  // The run before it stands again.
  expect((await strip(group)).split(' ')[6]).toBe('ok')
})

it('shows a day whose only run was reverted, and one that is computed in part', async () => {
  const group = await spending()
  const { commit } = await runTransformation(ctx, { group }, { from: day(3), to: day(4) })
  await runTransformation(ctx, { group }, { from: day(4), to: '2026-03-04T06:00:00Z' })
  await runTransformation(ctx, { group }, { from: day(5), to: day(6) })
  await revertCommit(ctx, { group, id: commit ?? '', body: { reason: 'wrong' } })
  const { days } = await getCoverage(ctx, { group, from: '2026-03-03', to: '2026-03-05' })
  expect(days).toEqual([
    { date: '2026-03-03', state: 'warn', detail: 'reverted' },
    { date: '2026-03-04', state: 'warn', detail: '6 h computed, 18 h not computed' },
    { date: '2026-03-05', state: 'ok', detail: 'computed' },
  ])
})

it('holds windows without rows for computed', async () => {
  const group = await spending()
  await runTransformation(ctx, { group }, { from: '2026-02-01T00:00:00Z', to: '2026-02-03T00:00:00Z' })
  const { days } = await getCoverage(ctx, { group, from: '2026-02-01', to: '2026-02-02' })
  expect(days.map(({ state }) => state)).toEqual(['ok', 'ok'])
})

it('refuses a range that is none, and who may not see statistics', async () => {
  const group = await spending()
  for (const query of [
    { from: '2026-03-02', to: '2026-03-01' },
    { from: '0001-01-01', to: '2026-03-01' },
  ]) {
    await expect(getCoverage(ctx, { group, ...query })).rejects.toMatchObject({ code: 'invalid' })
  }
  await expect(getCoverage(contextOf([]), { group })).rejects.toMatchObject({ code: 'forbidden' })
})

it('tells when it runs next and in whose name, and lets another take it over', async () => {
  const group = await spending()
  expect(await getTransformation(ctx, { group })).toMatchObject({
    schedule: '0 1 * * *',
    next_due: '2026-03-13T01:00:00.000Z',
    runs_as: ctx.actor.name,
    refusal: null,
    watermark: null,
  })
  const other = testContext(await testActor({ role: 'producer', team }))
  expect(await takeOverTransformation(other, { group })).toMatchObject({ runs_as: other.actor.name })
  await expect(takeOverTransformation(contextOf(['viewer']), { group })).rejects.toMatchObject({
    code: 'forbidden',
  })
})
