import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { uniformGenerator } from '../distances/random'
import { nearlyNormal } from '../distances/testing/generated-samples'
import { compareSamples } from './compare'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let group: string
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  const ctx = contextOf(['producer'], team)
  group = (await registerFeatureGroup(ctx, groupBody({ features }))).name
  await ingest(ctx, group, rows)
})
afterAll(() => engine.stop())

const features = [
  { name: 'minutes', type: 'float64' },
  { name: 'plan', type: 'string' },
  { name: 'active', type: 'bool' },
  { name: 'tags', type: 'array<string>' },
  { name: 'vector', type: 'embedding<2, l2>' },
  { name: 'signed_up', type: 'date' },
]

const next = uniformGenerator(3)
/** March: 20 days of 60 rows; on the last five `minutes` is a standard deviation higher. */
const rows = Array.from({ length: 1200 }, (_, i) => {
  const day = Math.floor(i / 60) + 1
  const shift = day > 15 ? 1 : 0
  return {
    customer_id: i % 60,
    interaction_date: `2026-03-${String(day).padStart(2, '0')}T10:00:${String(i % 60).padStart(2, '0')}Z`,
    minutes: i % 40 === 0 ? null : nearlyNormal(next, shift, 1),
    plan: next() < 0.5 ? 'free' : 'paid',
    active: next() < 0.3,
    tags: next() < 0.5 ? ['a', 'b'] : [],
    vector: [nearlyNormal(next, shift, 1), nearlyNormal(next, 0, 1)],
    signed_up: '2025-01-01',
  }
})

const reader = () => contextOf(['producer'], team)
const march = (feature: string, from: number, to: number) => ({
  group,
  feature,
  window: { from: `2026-03-${String(from).padStart(2, '0')}`, to: `2026-03-${String(to).padStart(2, '0')}` },
})
const compared = (feature: string, more = {}) =>
  compareSamples(reader(), { reference: march(feature, 1, 15), current: march(feature, 16, 20), ...more })
const failure = (body: unknown) =>
  compareSamples(reader(), body).then(
    () => 'no failure',
    ({ code, message, details }) => [code, details?.errors?.[0]?.pointer ?? message],
  )

describe('comparing two windows of a feature', () => {
  it('says the same as of the values sent along', async () => {
    const window = await compared('minutes')
    const values = (from: number, to: number) =>
      rows.slice((from - 1) * 60, to * 60).map((row) => row.minutes)
    const sent = await compareSamples(reader(), {
      kind: 'numeric',
      reference: values(1, 15),
      current: values(16, 20),
    })
    expect(window).toEqual(sent)
    expect(window).toMatchObject({
      n_ref_total: 900,
      n_cur_total: 300,
      blocks: 3,
      judged: 'fail',
      status: 'ok',
    })
    expect(window.sentence).toMatch(/^Moved (0\.9\d?|1|1\.\d) sd up: PSI \S+ over /)
  })

  it('reads each type as what it is', async () => {
    expect(await compared('plan')).toMatchObject({ kind: 'categorical', distinct_ref: 2, judged: 'ok' })
    expect(await compared('active')).toMatchObject({ kind: 'boolean', n_cur: 300 })
    expect(await compared('tags')).toMatchObject({ kind: 'numeric', min_ref: 0, max_ref: 2 })
    expect(await compared('vector')).toMatchObject({
      kind: 'embedding',
      dim: 2,
      n_ref: 200,
      n_cur: 200,
      judged: 'fail',
    })
  })

  it('of an empty window is no data', async () => {
    const nothing = { reference: march('minutes', 1, 15), current: march('minutes', 25, 28) }
    expect(await compareSamples(reader(), nothing)).toMatchObject({
      status: 'no_data_current',
      judged: 'no_data',
      psi_auto: null,
      sentence: 'No rows in the window, so drift is not judged.',
    })
  })

  it('takes a window against values and against counts', async () => {
    const counts = { kind: 'boolean', rows: 1000, missing: 0, trues: 300 }
    const current = march('active', 1, 20)
    expect(await compareSamples(reader(), { reference: counts, current })).toMatchObject({
      kind: 'boolean',
      true_rate_ref: 0.3,
      n_cur: 1200,
      judged: 'ok',
    })
    const sent = { kind: 'boolean', reference: [true, false], current }
    expect(await compareSamples(reader(), sent)).toMatchObject({ n_ref: 2, judged: 'low_confidence' })
  })

  it('names what is wrong where it is', async () => {
    const reference = march('minutes', 1, 15)
    expect(await failure({ reference, current: march('plan', 1, 2) })).toEqual(['invalid', '/current'])
    expect(await failure({ reference, current: march('nowhere', 1, 2) })).toMatchObject(['not_found', {}])
    expect(await failure({ reference, current: march('signed_up', 1, 2) })).toEqual([
      'invalid',
      '/current/feature',
    ])
    expect(await failure({ reference, current: march('minutes', 9, 2) })).toEqual([
      'invalid',
      '/current/window/to',
    ])
    const noTime = { ...reference, window: { from: 'yesterday', to: '2026-03-02' } }
    expect(await failure({ reference, current: noTime })).toEqual(['invalid', '/current/window/from'])
    expect(await failure({ reference, current: { group } })).toEqual(['invalid', '/current/feature'])
    expect(await failure({ reference, current: 5 })).toEqual(['invalid', '/current'])
    expect(await failure({ reference: [1], current: [2] })).toEqual(['invalid', '/kind'])
  })

  it('is for who may see the feature’s statistics', async () => {
    const stranger = contextOf(['viewer'], await mintTeam())
    const body = { reference: march('minutes', 1, 15), current: march('minutes', 16, 20) }
    await expect(compareSamples(contextOf([]), body)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(compareSamples(stranger, { ...body, reference: march('x', 1, 2) })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('counts sent along', () => {
  const bins = { method: 'quantile', edges: [1, 2] }
  const side = (counts: number[], more = {}) => ({
    kind: 'numeric',
    rows: counts.reduce((a, b) => a + b, 0),
    mean: 1.5,
    m2: 100,
    min: 0,
    max: 3,
    bins,
    counts,
    ...more,
  })

  it('are compared, and what they do not tell is null', async () => {
    const answer = await compareSamples(reader(), {
      reference: side([100, 100, 100]),
      current: side([10, 100, 190]),
    })
    expect(answer).toMatchObject({ kind: 'numeric', n_ref: 300, cvm_statistic: null, ks_statistic: null })
    expect(answer.psi_auto).toBeCloseTo(0.8835, 3)
    expect(answer.psi_floor).toBeCloseTo(9.2103 * (2 / 300), 4)
    expect(answer.judged).toBe('fail')
  })

  it('that contradict themselves or each other are refused', async () => {
    const reference = side([100, 100, 100])
    const refused = (current: unknown) => failure({ reference, current })
    expect(await refused(side([1, 2, 3], { rows: 7 }))).toEqual(['invalid', '/current/counts'])
    expect(await refused(side([1, 2]))).toEqual(['invalid', '/current/counts'])
    expect(await refused(side([1, 2, 3], { bins: { method: 'quantile', edges: [1, 3] } }))).toEqual([
      'invalid',
      '/current/bins',
    ])
    expect(await refused(side([1, 2, 3], { bins: { method: 'quantile', edges: [2, 1] } }))).toEqual([
      'invalid',
      '/current/bins/edges',
    ])
    expect(await refused({ kind: 'boolean', rows: 3, trues: 4 })).toEqual(['invalid', '/current/rows'])
  })
})

describe('a confidential feature', () => {
  it('is compared with its own windows alone, and without single values', async () => {
    await classifyFeature(group, 'minutes', 'confidential')
    try {
      const body = { reference: march('minutes', 1, 15), current: march('minutes', 16, 20) }
      const answer = await compareSamples(reader(), body)
      expect(answer).toMatchObject({ judged: 'fail', min_ref: null, mean_cur: null, psi_bin_edges: null })
      expect(answer.psi_auto).toBeGreaterThan(0.25)
      expect(answer.sentence).toBe('Judged fail; values of a confidential feature are not named.')
      expect(await failure({ ...body, kind: 'numeric', current: [1, 2] })).toEqual(['invalid', '/current'])
      const hour = { from: '2026-03-01T00:00:00Z', to: '2026-03-01T11:00:00Z' }
      expect(await failure({ ...body, current: { ...body.current, window: hour } })).toEqual([
        'invalid',
        '/current/window',
      ])
    } finally {
      await classifyFeature(group, 'minutes', 'internal')
    }
  })
})
