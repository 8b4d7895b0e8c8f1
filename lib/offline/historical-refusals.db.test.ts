import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { parseJson } from '@/lib/core/json'
import { deprecateVersion, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { type AnswerFormat, getHistoricalFeatures } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now) => contextOf(['producer'], team, { now: () => at })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name

interface Table {
  columns: { name: string; type: string }[]
  rows: Record<string, unknown>[]
}

async function read(ctx: Context, request: object, format: AnswerFormat = 'json'): Promise<string> {
  return text((await getHistoricalFeatures(ctx, { request, upload: null, format })).stream)
}
// The answer in JSON has this form.
const _table = async (ctx: Context, request: object) => parseJson(await read(ctx, request)) as Table

const spine = (rows: Record<string, unknown>[]) => ({ spine: { rows } })
const at = (customer_id: unknown, event_timestamp: string, more: object = {}) => ({
  customer_id,
  event_timestamp,
  ...more,
})

describe('historical reads refuse', () => {
  it.each([
    ['an unknown feature', { features: ['GROUP:nothing'] }, 'not_found'],
    ['an unknown group', { features: ['nothing:nothing'] }, 'not_found'],
    [
      'a column named like a feature',
      { features: ['GROUP:num_logins'], ...spine([at(1, '2026-05-01', { num_logins: 1 })]) },
      'invalid',
    ],
    ['a feature twice', { features: ['GROUP:num_logins', 'GROUP:num_logins'] }, 'invalid'],
    [
      'a missing key column',
      { features: ['GROUP:num_logins'], ...spine([{ event_timestamp: '2026-05-01' }]) },
      'invalid',
    ],
    [
      'a missing timestamp column',
      { features: ['GROUP:num_logins'], ...spine([{ customer_id: 1 }]) },
      'invalid',
    ],
    [
      'a null timestamp',
      { features: ['GROUP:num_logins'], ...spine([{ customer_id: 1, event_timestamp: null }]) },
      'invalid',
    ],
    [
      'a key that does not convert',
      { features: ['GROUP:num_logins'], ...spine([at(1.5, '2026-05-01')]) },
      'invalid',
    ],
    [
      'a role that nothing uses',
      { features: ['GROUP:num_logins'], join_keys: { other: { customer_id: 'x' } } },
      'invalid',
    ],
    [
      'a key map of a key that is none',
      { features: ['GROUP:num_logins'], join_keys: { GROUP: { nothing: 'x' } } },
      'invalid',
    ],
    ['both a service and features', { features: ['GROUP:num_logins'], feature_service: 's' }, 'invalid'],
    ['an unknown member', { features: ['GROUP:num_logins'], feature: 1 }, 'invalid'],
  ])('%s', async (_, request, code) => {
    const group = await newGroup()
    const own = JSON.parse(JSON.stringify(request).replaceAll('GROUP', group)) as object
    await expect(read(producer(), { ...spine([at(1, '2026-05-01')]), ...own })).rejects.toMatchObject({
      code,
    })
  })

  it('whoever may not read, and after a sunset everyone', async () => {
    const group = await newGroup()
    const request = { ...spine([at(1, '2026-05-05')]), features: [`${group}:num_logins`] }
    await expect(read(contextOf(['viewer']), request)).rejects.toMatchObject({ code: 'forbidden' })
    const ctx = producer()
    await deprecateVersion(ctx, group, 1, {
      reason: 'old',
      replacement: await newGroup(),
      sunset_at: '2026-06-10T00:00:00Z',
    })
    const answer = await getHistoricalFeatures(ctx, { request, upload: null, format: 'json' })
    answer.stream.destroy()
    expect(answer.headers.sunset).toBe('Wed, 10 Jun 2026 00:00:00 GMT')
    await expect(read(producer(new Date('2026-06-11T00:00:00Z')), request)).rejects.toMatchObject({
      code: 'gone',
    })
  })
})
