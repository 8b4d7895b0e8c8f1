import { text } from 'node:stream/consumers'
import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, inOneTransaction } from '@/db/client'
import { auditLog } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import type { DomainError } from '@/lib/core/errors'
import { addCheckedVersion, registerCheckedGroup } from '@/lib/ingestion'
import { ingest } from '@/lib/ingestion/testing'
import { getHistoricalFeatures, getTrainingData, latestRows } from '@/lib/offline'
import { readOneKey, readOnlineFeatures } from '@/lib/online'
import { getFeatureGroup, registerFeatureService, submitVersion, updateFeatureGroup } from '@/lib/registry'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { previewTrainingDataset } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let ctx: Context
let entity: object
let income: string
let people: string

const person = { name: mintName('person'), keys: [{ name: 'person_id', type: 'int64' }] }
const said = { purposes: ['planning'], lawful_basis: 'consent' }
const body = (more: object) => ({
  description: 'What somebody earns.',
  entity,
  timestamp_key: 'day',
  owner_team: team.name,
  ...said,
  ...more,
})

beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  ctx = contextOf(['producer', 'consumer'], team)
  entity = person
  income = mintName('income')
  people = mintName('people')
  const earned = [
    { name: 'income', type: 'int64', description: 'A year.' },
    { name: 'region', type: 'string', description: 'Where.' },
  ]
  await registerCheckedGroup(ctx, body({ name: income, features: earned }))
  await ingest(ctx, income, [
    { person_id: 1, day: '2026-03-01', income: 10, region: 'north' },
    { person_id: 2, day: '2026-03-01', income: 30, region: 'north' },
  ])
  const named = [
    { name: 'email', type: 'string', description: 'Where to write.', tags: ['pii'] },
    { name: 'age', type: 'int64', description: 'Years.' },
  ]
  await registerCheckedGroup(ctx, body({ name: people, features: named }))
  await ingest(ctx, people, [{ person_id: 1, day: '2026-03-01', email: 'a@b.example', age: 30 }])
})
afterAll(() => engine.stop())

const failureOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: DomainError) => error,
  )
const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  const failure = await failureOf(work)
  return `${failure.code}: ${failure.message}`
}
const allow = (group: string, permitted_use: string[]) =>
  updateFeatureGroup(ctx, group, { permitted_use }, '*')

const spine = { rows: [{ person_id: 1, event_timestamp: '2026-03-02T00:00:00Z' }] }
const historical = async (features: string[]) => {
  const request = { spine, features }
  return text((await getHistoricalFeatures(ctx, { request, upload: null, format: 'json' })).stream)
}
const online = (features: string[]) => readOnlineFeatures(ctx, { features, entities: { person_id: [1] } })
const dataset = (features: string[]) => previewTrainingDataset(ctx, { features, spine })
const service = (features: string[]) =>
  registerFeatureService(ctx, { name: mintName('scores'), features, owner_team: team.name })
const derived = (sql: string, more: object = {}, inputs = [income]) =>
  registerCheckedGroup(ctx, {
    name: mintName('derived'),
    description: 'By region.',
    timestamp_key: 'day',
    owner_team: team.name,
    ...said,
    transformation: { sql, inputs },
    features: [{ name: 'mean_income', type: 'float64', description: 'Mean.' }],
    ...more,
  })
const byDay = () => `select day, avg(income) as mean_income from ${income} group by day`

describe('aggregate_only', () => {
  beforeAll(async () => {
    // Read once before, so that a plan which is kept would show.
    await online([`${income}:income`])
    await allow(income, ['aggregate_only'])
  })

  it.each([
    ['an online read', () => online([`${income}:income`])],
    ['an online read of one key', () => readOneKey(ctx, { group: income, keys: ['1'] })],
    ['a historical read', () => historical([`${income}:income`])],
    [
      'all rows',
      () => getTrainingData(ctx, { group: income, latest: false, format: 'json', int64AsString: false }),
    ],
    ['the latest rows', () => latestRows(ctx, { group: income, limit: 5 })],
    ['a training dataset', () => dataset([`${income}:income`])],
    ['a feature service', () => service([`${income}:income`])],
  ])('refuses %s, and says by which rule and who can help', async (_, act) => {
    const failure = await failureOf(act())
    expect(failure).toMatchObject({
      code: 'forbidden',
      details: { decision: { who_can_help: [`team ${team.name}`] } },
    })
    expect(failure.message).toMatch(/permitted use of .*:income is `aggregate_only`/)
    const [row] = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.actorId, ctx.actor.id))
      .orderBy(desc(auditLog.time))
    expect(row).toMatchObject({ verdict: 'deny', policies: ['permitted-use:aggregate_only'] })
  })

  it('keeps its refusal in the audit log where the act around it is undone', async () => {
    const refusals = () =>
      db().$count(auditLog, and(eq(auditLog.actorId, ctx.actor.id), eq(auditLog.verdict, 'deny')))
    const before = await refusals()
    await failureOf(inOneTransaction(() => service([`${income}:income`])))
    expect(await refusals()).toBe(before + 1)
  })

  it('lets a transformation aggregate, and refuses one that does not', async () => {
    const raw = derived(`select day, income::double as mean_income from ${income}`)
    expect(await outcomeOf(raw)).toMatch(/^invalid: The permitted use of .* is `aggregate_only`: the SELECT/)
    expect((await derived(byDay())).state).toBe('active')
  })

  it('is inherited by what is made of it, until a second person agrees otherwise', async () => {
    expect(await derived(byDay())).toMatchObject({ permitted_use: ['aggregate_only'], state: 'active' })
    const released = await derived(byDay(), { permitted_use: [] })
    expect(released).toMatchObject({ permitted_use: [], state: 'draft' })
    expect(await submitVersion(ctx, released.name, 1, {})).toMatchObject({ state: 'in_review' })
  })

  it('is taken away by an approver, never by the author', async () => {
    expect((await failureOf(allow(income, []))).code).toBe('forbidden')
    const reviewer = contextOf(['reviewer', 'producer'], team)
    const { permitted_use } = await updateFeatureGroup(reviewer, income, { permitted_use: [] }, '*')
    expect(permitted_use).toEqual([])
    await allow(income, ['aggregate_only'])
  })

  it('holds for one feature, and for what its row computes from it', async () => {
    const name = mintName('wages')
    const wage = { name: 'wage', type: 'int64', description: 'A month.', permitted_use: ['aggregate_only'] }
    const yearly = { name: 'yearly', type: 'int64', description: 'A year.', expression: 'wage * 12' }
    const hours = { name: 'hours', type: 'int64', description: 'A week.' }
    await registerCheckedGroup(ctx, body({ name, features: [wage, yearly, hours] }))
    await ingest(ctx, name, [{ person_id: 1, day: '2026-03-01', wage: 5, hours: 40 }])
    expect(await outcomeOf(historical([`${name}:yearly`]))).toMatch(/^forbidden: .*yearly/)
    await online([`${name}:hours`])
    const one = await readOneKey(ctx, { group: name, keys: ['1'] })
    expect(one.body).toContain('"hours"')
    expect(one.body).not.toMatch(/"(wage|yearly)":/)
  })

  it('asks a second person when a version takes it off a feature', async () => {
    const name = mintName('wages')
    const wage = { name: 'wage', type: 'int64', description: 'A month.', permitted_use: ['aggregate_only'] }
    await registerCheckedGroup(ctx, body({ name, features: [wage] }))
    const freed = await addCheckedVersion(ctx, name, { features: [{ ...wage, permitted_use: [] }] })
    expect(freed).toMatchObject({ state: 'draft', change: 'compatible' })
    expect((await getFeatureGroup(ctx, name)).features[0]?.permitted_use).toEqual(['aggregate_only'])
  })
})

describe('no_reidentification', () => {
  let habits: string
  beforeAll(async () => {
    habits = mintName('habits')
    const visits = { name: 'visits', type: 'int64', description: 'A week.' }
    const group = body({ name: habits, features: [visits], permitted_use: ['no_reidentification'] })
    await registerCheckedGroup(ctx, group)
    await ingest(ctx, habits, [{ person_id: 1, day: '2026-03-01', visits: 3 }])
  })

  it.each([
    ['a read online', async (features: string[]): Promise<unknown> => online(features)],
    ['a historical read', async (features: string[]): Promise<unknown> => historical(features)],
    ['a training dataset', async (features: string[]): Promise<unknown> => dataset(features)],
    ['a service', async (features: string[]): Promise<unknown> => service(features)],
  ])('refuses %s that would also name the person, and no other', async (_, act) => {
    const failure = await failureOf(act([`${habits}:visits`, `${people}:email`]))
    expect(failure.code).toBe('forbidden')
    expect(failure.message).toMatch(/no_reidentification.*email, which names a person/)
    await act([`${habits}:visits`, `${people}:age`])
    await act([`${people}:email`, `${people}:age`])
  })

  it('refuses a transformation over it and what names a person', async () => {
    const sql = `select h.day, avg(h.visits) as mean_income from ${habits} h join ${people} p using (person_id) group by h.day`
    const failure = await failureOf(derived(sql, {}, [habits, people]))
    expect(failure).toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/transformation/inputs', code: 'no_reidentification' }] },
    })
    const alone = `select day, avg(visits) as mean_income from ${habits} group by day`
    expect((await derived(alone, {}, [habits])).permitted_use).toEqual(['no_reidentification'])
  })
})

describe('the class of what is derived', () => {
  it('is that of its strictest input where nobody states one, and waits for review where it is looser', async () => {
    const name = mintName('salary')
    const features = [{ name: 'income', type: 'int64', description: 'A year.' }]
    await registerCheckedGroup(ctx, body({ name, features, classification: 'internal' }))
    await ingest(ctx, name, [{ person_id: 1, day: '2026-03-01', income: 10 }])
    await updateFeatureGroup(ctx, name, { classification: 'confidential' }, '*')
    const sql = `select day, avg(income) as mean_income from ${name} group by day`
    const reader = contextOf(['producer', 'consumer', 'administrator'], team)
    const made = (more: object = {}) =>
      registerCheckedGroup(reader, {
        ...body({ features: [{ name: 'mean_income', type: 'float64', description: 'Mean.' }] }),
        entity: null,
        name: mintName('derived'),
        transformation: { sql, inputs: [name] },
        ...more,
      })
    expect(await made()).toMatchObject({ classification: 'confidential', state: 'draft' })
    const looser = await made({ classification: 'internal' })
    expect(looser).toMatchObject({ classification: 'internal', state: 'draft' })
    expect(await submitVersion(reader, looser.name, 1, {})).toMatchObject({ state: 'in_review' })
  })
})
