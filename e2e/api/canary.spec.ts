import type { APIRequestContext } from '@playwright/test'
import { everyGet } from '../support/every-get'
import { almanac, freshName, productNow } from '../support/installation'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'
import { buoyGroup, register } from './buoys'

const groups = '/api/v1/feature-groups'
const entity = freshName('canary_buoy')
const group = freshName('canary_sea')
const service = freshName('canary_service')
const dataset = freshName('canary_rows')
/** Stands in the column's name, its texts, its values and its contract: nobody else's page may hold it. */
const marker = freshName('zqhidden')
const column = `${marker}_column`
const day = 86_400_000
const days = 70
const buoys = 30

/** One reading a buoy and day up to yesterday. In the last two weeks the hidden column moves far. */
function readings() {
  const today = Math.floor(productNow().getTime() / day) * day
  return Array.from({ length: days * buoys }, (_, at) => {
    const age = days - Math.floor(at / buoys)
    return {
      buoy_id: at % buoys,
      read_at: new Date(today - age * day + 3_600_000).toISOString(),
      water_celsius: 10 + ((at * 7) % 11) / 4,
      [column]: ((at * 13) % 17) + (age <= 14 ? 40 : 0),
      [`${column}_text`]: `${marker} ${at % 3}`,
    }
  })
}

/** Keys of the tests belong to the team default: what they see is no member's sight. */
const definition = () => ({
  ...buoyGroup(group),
  entity: { name: entity, keys: [{ name: 'buoy_id', type: 'int64' }] },
  classification: 'internal',
  cadence: 'P1D',
  owner_team: 'flights',
  tags: ['canary'],
  purposes: ['leak tests'],
  lawful_basis: 'not_personal',
  features: [
    { name: 'water_celsius', type: 'float64', description: 'Degrees.', contract: { min: -5, max: 45 } },
    {
      name: column,
      type: 'float64',
      description: `Hidden ${marker}.`,
      tags: [marker],
      classification: 'restricted',
      contract: { min: -1, max: 90 },
    },
    {
      name: `${column}_text`,
      type: 'string',
      description: `Hidden ${marker}.`,
      classification: 'restricted',
      contract: { pattern: `${marker}.*` },
    },
    {
      name: `${column}_double`,
      type: 'float64',
      description: 'Twice.',
      expression: `${column} * 2`,
      classification: 'restricted',
    },
  ],
})

/** What a second person must approve is approved by one. */
async function approved(api: APIRequestContext, reviewer: APIRequestContext, origin: string) {
  const version = `${groups}/${group}/versions/1`
  const headers = { origin }
  expect((await api.post(`${version}/submit`, { data: { reason: 'Ready.' } })).status()).toBe(200)
  const answer = await reviewer.post(`${version}/approve`, { headers, data: { reason: 'Fine.' } })
  expect(answer.status(), await answer.text()).toBe(200)
  const { environments } = await (await api.get(`${groups}/${group}`)).json()
  if (environments.some(({ state }: { state: string }) => state === 'promoted')) return
  const promoted = await reviewer.post(`${version}/promote`, { headers, data: { environment: 'prod' } })
  expect(promoted.status(), await promoted.text()).toBe(200)
}

async function planted(api: APIRequestContext, reviewer: APIRequestContext, origin: string) {
  await register(api, definition())
  await approved(api, reviewer, origin)
  const sent = await api.post(`${groups}/${group}/rows?mode=quarantine`, {
    data: { rows: [...readings(), { ...readings()[0], buoy_id: 99, [column]: 900 }] },
  })
  expect(await sent.json()).toMatchObject({ accepted: days * buoys, quarantined: 1 })
  const features = [`${group}:water_celsius`, `${group}:${column}`]
  const made = await api.post('/api/v1/feature-services', {
    data: { name: service, features, owner_team: 'flights', purpose: 'canary' },
  })
  expect(made.status(), await made.text()).toBe(201)
  const spine = { rows: [{ buoy_id: 1, event_timestamp: productNow().toISOString() }] }
  const asked = await api.post('/api/v1/training-datasets', {
    data: { name: dataset, spine, features: [`${group}:water_celsius`], owner_team: 'flights' },
  })
  expect(asked.status(), await asked.text()).toBe(202)
  const version = `/api/v1/training-datasets/${dataset}/versions/1`
  await expect
    .poll(async () => (await (await api.get(version)).json()).state, { timeout: 60_000 })
    .toBe('ready')
  for (const window of ['week', 'day'])
    await api.get(`${groups}/${group}/drift?feature=water_celsius&window=${window}`)
}

/** Pages on which the group, its columns or what is known of them could stand. */
const pages = () => [
  '/',
  `/catalog?q=${group}`,
  '/catalog?tag=canary',
  ...['overview', 'features', 'data', 'quality', 'lineage', 'versions', 'usage', 'activity'].map(
    (tab) => `/groups/${group}?tab=${tab}`,
  ),
  ...['deprecate', 'quarantine', 'runs', 'review', 'ingest'].map((form) => `/groups/${group}/${form}`),
  `/groups/${group}/features/water_celsius`,
  `/services/${service}`,
  `/entities/${entity}`,
  '/datasets',
  ...['overview', 'statistics', 'files', 'lineage', 'versions&compare=1-1'].map(
    (tab) => `/datasets/${dataset}?tab=${tab}`,
  ),
  '/monitoring',
  '/governance/reviews',
  '/governance/audit',
  '/operations/usage?by=feature',
  '/operations/serving',
]

test.describe('a restricted column of an internal group', () => {
  test.setTimeout(240_000)
  let reviewer: APIRequestContext
  let consumerKey: string

  test.beforeAll(async ({ playwright, baseURL }) => {
    reviewer = await playwright.request.newContext({ baseURL, storageState: sessionOf('reviewer') })
    consumerKey = await almanac('key', 'create', '--name', freshName('canary-consumer'), '--role', 'consumer')
  })
  test.afterAll(() => reviewer.dispose())

  test('is in no answer and on no page of who may not know of it', async ({
    api,
    viewerApi,
    playwright,
    baseURL,
  }) => {
    await planted(api, reviewer, baseURL ?? '')
    const extraHTTPHeaders = { authorization: `Bearer ${consumerKey}` }
    const consumerApi = await playwright.request.newContext({ baseURL, extraHTTPHeaders })
    const path = {
      'feature-groups': group,
      'feature-services': service,
      entities: entity,
      'training-datasets': dataset,
      files: 'data.parquet',
      sources: 'flights',
      teams: 'flights',
      online: '1',
    }
    const query = { feature: 'water_celsius', action: 'group:read_online', resource: group, q: group }
    const addresses = [
      ...(await everyGet(api, path, query)),
      `/api/v1/search?q=${group}&limit=200`,
      `/api/v1/features?group=${group}&limit=200`,
      '/api/v1/monitoring/overview?limit=200',
      ...['feature', 'group', 'service', 'consumer'].map((by) => `/api/v1/usage?by=${by}&limit=200`),
      '/api/v1/usage/serving',
      `/api/v1/usage/together?feature=${group}:water_celsius`,
    ]
    expect(addresses.length).toBeGreaterThan(40)

    await test.step('the canary sings to who may hear it', async () => {
      const told = [`${groups}/${group}`, `${groups}/${group}/statistics`, `/api/v1/search?q=${group}`]
      for (const address of told) expect(await (await api.get(address)).text(), address).toContain(column)
      const { data } = await (await api.get('/api/v1/monitoring/overview?limit=200')).json()
      const own = data.find((row: { group: string }) => row.group === group)
      expect(JSON.stringify(own)).toContain(`${column} moved`)
      for (const page of [`/groups/${group}`, `/groups/${group}?tab=quality`])
        expect(await (await reviewer.get(page)).text(), page).toContain(column)
    })

    for (const [name, client] of Object.entries({ viewerApi, consumerApi })) {
      await test.step(`not in an answer to ${name}`, async () => {
        for (const address of addresses) {
          const answer = await client.get(address)
          const text = (await answer.text()) + JSON.stringify(answer.headers())
          expect(text.includes(marker), `${answer.status()} ${address}: ${text.slice(0, 2000)}`).toBe(false)
          expect(answer.status(), address).toBeLessThan(500)
        }
        const keys = { buoy_id: [1] }
        const asked = [
          { features: [`${group}:water_celsius`], entities: keys, metadata: true },
          { feature_service: service, entities: keys },
        ]
        const spine = { rows: [{ buoy_id: 1, event_timestamp: productNow().toISOString() }] }
        for (const body of asked) {
          const online = await client.post('/api/v1/online-features', { data: body })
          expect(await online.text()).not.toContain(marker)
          const { entities: _entities, metadata: _metadata, ...features } = { metadata: true, ...body }
          const past = await client.post('/api/v1/historical-features', { data: { spine, ...features } })
          expect(await past.text()).not.toContain(marker)
        }
      })
    }

    await test.step('a file with a column of that name finds no similar group', async () => {
      const csv = `buoy_id,read_at,${column}\n1,2026-01-05,3.5\n`
      const infer = (client: APIRequestContext) =>
        client.post('/api/v1/infer', { headers: { 'content-type': 'text/csv' }, data: csv })
      const told = await (await infer(api)).json()
      expect(told.similar.map((one: { group: string }) => one.group)).toContain(group)
      const secret = await almanac(
        'key',
        'create',
        '--name',
        freshName('canary-producer'),
        '--role',
        'producer',
      )
      const producer = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders: { authorization: `Bearer ${secret}` },
      })
      expect(await (await infer(producer)).json()).toMatchObject({ similar: [] })
      await producer.dispose()
    })

    for (const person of ['viewer', 'scientist'] as const) {
      await test.step(`not on a page of the ${person}`, async () => {
        const own = await playwright.request.newContext({ baseURL, storageState: sessionOf(person) })
        for (const page of pages()) {
          for (const headers of [undefined, { rsc: '1' }]) {
            const answer = await own.get(page, headers && { headers })
            const text = await answer.text()
            const at = text.indexOf(marker)
            expect(at < 0 ? '' : text.slice(Math.max(0, at - 300), at + 100), page).toBe('')
          }
        }
        const shown = await own.get(`/groups/${group}?tab=quality`)
        expect(await shown.text()).toContain('water_celsius')
        await own.dispose()
      })
    }
    await consumerApi.dispose()
  })
})
