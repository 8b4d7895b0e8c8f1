import { freshName } from '../support/installation'
import { problemOf } from '../support/problem'
import { expect, test } from '../support/test'
import { buoyGroup, register, sendCsv } from './buoys'

const groups = '/api/v1/feature-groups'

test('403: a viewer may not register, and is told the rule and who can help', async ({ viewerApi }) => {
  const name = freshName('buoys_refused')
  const { decision } = await problemOf(
    await viewerApi.post(groups, { data: buoyGroup(name) }),
    403,
    'forbidden',
  )
  expect(decision).toMatchObject({
    action: 'group:create',
    missing: expect.arrayContaining([expect.any(String)]),
  })
  expect(decision?.rule).not.toBe('')
  expect(decision?.who_can_help.length).toBeGreaterThan(0)
})

test('403 comes before the body is looked at', async ({ viewerApi }) => {
  await problemOf(await viewerApi.post(groups, { data: { name: 'Not A Name' } }), 403, 'forbidden')
})

test('403: a viewer may not write into a group that they may see, and the refusal is audited', async ({
  api,
  viewerApi,
}) => {
  const name = freshName('buoys_seen')
  await register(api, buoyGroup(name))
  expect((await viewerApi.get(`${groups}/${name}`)).status()).toBe(200)
  const answer = await sendCsv(viewerApi, name, 'buoy_id,read_at\n1,2026-01-05\n')
  const { request_id } = await problemOf(answer, 403, 'forbidden')
  await problemOf(await viewerApi.get(`${groups}/${name}/online/1`), 403, 'forbidden')
  const audit = await api.get('/api/v1/audit', { params: { verdict: 'deny', limit: 50 } })
  const { data } = await audit.json()
  expect(data.find((row: { request_id: string }) => row.request_id === request_id)).toMatchObject({
    verdict: 'deny',
    actor: expect.objectContaining({ name: 'browser-tests-viewer' }),
  })
})

test('what a viewer may not know of looks as if it did not exist', async ({ api, viewerApi }) => {
  const [hidden, missing] = [freshName('buoys_hidden'), freshName('buoys_nothing')]
  await register(api, buoyGroup(hidden, { classification: 'restricted', owner_team: 'flights' }))
  expect((await api.get(`${groups}/${hidden}`)).status()).toBe(200)
  const paths = [
    '',
    '/versions',
    '/versions/1',
    '/statistics',
    '/commits',
    '/rows',
    '/online/1',
    '/training-data',
  ]
  for (const path of paths) {
    const anonymous = async (name: string) => {
      const answer = await viewerApi.get(`${groups}/${name}${path}`)
      const text = (await answer.text()).replaceAll(name, 'NAME')
      return { status: answer.status(), body: text.replace(answer.headers()['x-request-id'] ?? '', 'ID') }
    }
    expect(await anonymous(hidden), path).toEqual(await anonymous(missing))
  }
  for (const path of [
    `/search?q=${hidden}`,
    '/entities/open_sea_buoy',
    '/features?limit=200',
    '/feature-groups?limit=200',
  ]) {
    const answer = await viewerApi.get(`/api/v1${path}`)
    expect(answer.status(), path).toBe(200)
    expect(await answer.text(), path).not.toContain(hidden)
  }
})

test('a revoked key is worth nothing at once', async ({ api, playwright, baseURL }) => {
  const { id, secret } = await (await api.post('/api/v1/api-keys', { data: { name: 'for a moment' } })).json()
  const extraHTTPHeaders = { authorization: `Bearer ${secret}` }
  const own = await playwright.request.newContext({ baseURL, extraHTTPHeaders })
  expect((await own.get('/api/v1/me')).status()).toBe(200)
  expect((await api.delete(`/api/v1/api-keys/${id}`, { headers: { 'if-match': '*' } })).status()).toBe(204)
  await expect.poll(async () => (await own.get('/api/v1/me')).status(), { timeout: 5000 }).toBe(401)
  await own.dispose()
})
