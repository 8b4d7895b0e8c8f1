import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/db/client'
import { startEngineForTests } from '@/db/testing/engine'
import type { Actor } from '@/lib/core/context'
import { parseJson } from '@/lib/core/json'
import { ingest } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { flushUsage } from '@/lib/usage'
import { getTrainingData, latestRows, latestRowsCsv } from '.'

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

const mixedGroup = async () => {
  const group = await newGroup()
  await ingest(producer(), group, [
    { customer_id: 1, interaction_date: '2026-05-01', num_logins: 777_123, avg_session_duration: 2 },
  ])
  await classifyFeature(group, 'num_logins', 'restricted')
  return group
}
const outsider = () => contextOf(['consumer'], null, { now: () => now })
const trainingData = (group: string, features?: string[]) =>
  getTrainingData(outsider(), { group, latest: false, format: 'json', ...(features ? { features } : {}) })

describe('a restricted column of an open group', () => {
  it('is left out of rows, and named as omitted to who may know of it', async () => {
    const group = await mixedGroup()
    const { body } = await latestRows(outsider(), { group, limit: 10 })
    expect(parseJson(body)).toMatchObject({ rows: [{ customer_id: 1, avg_session_duration: 2 }] })
    expect(body).not.toMatch(/num_logins|777123/)
    const own = await latestRows(producer(), { group, limit: 10 })
    expect(parseJson(own.body)).toMatchObject({ omitted: ['num_logins'] })
    expect(own.body).not.toContain('777123')
  })

  it('stands masked in its place, with the rule and who can help, and in no CSV', async () => {
    const group = await mixedGroup()
    const { body } = await latestRows(producer(), { group, limit: 10 })
    expect(parseJson(body)).toMatchObject({
      masked: [
        {
          name: 'num_logins',
          position: 0,
          classification: 'restricted',
          because: expect.stringMatching(/\w/),
        },
      ],
    })
    for (const ctx of [producer(), outsider()]) {
      const { body: csv } = await latestRowsCsv(ctx, { group, limit: 10 })
      expect(csv).toMatch(/^customer_id,interaction_date,avg_session_duration,_op,/)
      expect(csv).not.toMatch(/num_logins|777123/)
    }
  })

  it('is left out of training data, and is a missing one when it is asked for', async () => {
    const group = await mixedGroup()
    const answer = await trainingData(group)
    answer.stream.destroy()
    expect(JSON.stringify([answer.columns, answer.headers])).not.toContain('num_logins')
    await expect(trainingData(group, ['nothing'])).rejects.toThrow(
      `Feature ${group}@1:nothing was not found.`,
    )
    await expect(trainingData(group, ['num_logins'])).rejects.toThrow(
      `Feature ${group}@1:num_logins was not found.`,
    )
  })
})

describe('latest rows', () => {
  it('writes CSV with the digits of numbers and no formula of texts', async () => {
    const features = [
      { name: 'amount', type: 'int64', description: 'Whole.' },
      { name: 'said', type: 'string', description: 'Text.' },
    ]
    const group = await newGroup({ features })
    const day = { customer_id: 1, interaction_date: '2026-05-01' }
    await ingest(producer(), group, [{ ...day, amount: '-9007199254740993', said: '=1+1' }])
    const { body } = await latestRowsCsv(producer(), { group, limit: 10 })
    const [head, line] = body.split('\n')
    expect(head).toBe('customer_id,interaction_date,amount,said,_op,_created,_commit,_row')
    expect(line).toMatch(/^1,2026-05-01T00:00:00.000000Z,-9007199254740993,'=1\+1,upsert,2026-06-01T/)
  })

  it('shows the history of one key, values as they are stored', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-01', avg_session_duration: 2 }])
    await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-02', _op: 'delete' },
      { customer_id: 2, interaction_date: '2026-05-03' },
    ])
    const { body } = await latestRows(ctx, { group, limit: 10, key: ['1'] })
    expect(parseJson(body)).toMatchObject({
      columns: [
        { name: 'customer_id', role: 'key' },
        { role: 'event_time' },
        { name: 'num_logins' },
        { name: 'avg_session_duration' },
      ],
      rows: [
        { interaction_date: '2026-05-02T00:00:00.000000Z', _op: 'delete', avg_session_duration: null },
        { interaction_date: '2026-05-01T00:00:00.000000Z', _op: 'upsert', avg_session_duration: 2 },
      ],
    })
    expect(body).toContain('"avg_session_duration":2.0')
    expect(
      (parseJson((await latestRows(ctx, { group, limit: 2 })).body) as { rows: unknown[] }).rows,
    ).toHaveLength(2)
  })
})

describe('who takes rows', () => {
  const readers = async (group: string) => {
    await flushUsage()
    return sql()`select consumer_kind, feature from usage_minutes where group_name = ${group} and side = 'offline'`
  }

  it('counts a key that does as a reader of what it got, and nobody who looks at the page', async () => {
    const group = await mixedGroup()
    await latestRows(outsider(), { group, limit: 5 })
    expect(await readers(group)).toEqual([])
    const person = outsider()
    const key = {
      kind: 'apiKey' as const,
      keyId: randomUUID(),
      keyName: 'k',
      scopes: [],
      environments: [],
      groups: [],
      expiresAt: null,
    }
    const actor: Actor = { ...person.actor, ...key }
    await latestRows({ ...person, actor }, { group, limit: 5 })
    expect((await readers(group)).map(({ feature }) => feature)).toEqual(['avg_session_duration'])
  })
})
