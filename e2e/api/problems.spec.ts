import { freshName } from '../support/installation'
import { problemOf } from '../support/problem'
import { expect, test } from '../support/test'
import { buoyGroup, register } from './buoys'

const groups = '/api/v1/feature-groups'

test('400: a body that is not JSON', async ({ api }) => {
  const answer = await api.post(groups, {
    headers: { 'content-type': 'application/json' },
    data: Buffer.from('{"name": '),
  })
  await problemOf(answer, 400, 'not_parseable')
})

test('401: without a key and with a wrong one', async ({ stranger }) => {
  for (const authorization of [undefined, 'Bearer alm_wrong', 'Basic YTpi']) {
    const answer = await stranger.get(groups, authorization ? { headers: { authorization } } : {})
    await problemOf(answer, 401, 'unauthenticated')
    expect(answer.headers()['www-authenticate']).toContain('Bearer')
  }
})

test('404: a group, a key column too many, and an address that nobody offers', async ({ api }) => {
  const problem = await problemOf(await api.get(`${groups}/no_such_group`), 404, 'not_found')
  expect(problem.detail).toContain('no_such_group')
  await problemOf(await api.get('/api/v1/no-such-thing'), 404, 'not_found')
})

test('405: a method that is not offered says which are', async ({ api }) => {
  const answer = await api.put(groups, { data: {} })
  await problemOf(answer, 405, 'method_not_allowed')
  expect(answer.headers().allow).toContain('GET')
  expect(answer.headers().allow).toContain('POST')
})

test('409: a name that is taken', async ({ api }) => {
  const name = freshName('buoys_once')
  await register(api, buoyGroup(name))
  const problem = await problemOf(await api.post(groups, { data: buoyGroup(name) }), 409, 'conflict')
  expect(problem.detail).toContain(name)
})

test('412 and 428: a change needs the version that was read', async ({ api }) => {
  const name = freshName('buoys_tagged')
  await register(api, buoyGroup(name))
  const change = (headers: Record<string, string>) =>
    api.patch(`${groups}/${name}`, { headers, data: { tags: ['sea', 'old'] } })
  await problemOf(await change({}), 428, 'precondition_required')
  await problemOf(await change({ 'if-match': '"not-this"' }), 412, 'precondition_failed')
  const { etag } = await (await api.get(`${groups}/${name}`)).json()
  expect((await change({ 'if-match': etag })).status()).toBe(200)
  await problemOf(await change({ 'if-match': etag }), 412, 'precondition_failed')
})

test('413: a body larger than what is read', async ({ api }) => {
  const definition = buoyGroup(freshName('buoys_heavy'), { description: 'x'.repeat(33 * 1024 * 1024) })
  await problemOf(await api.post(groups, { data: definition }), 413, 'too_large')
})

test('415: a stated type that is not read', async ({ api }) => {
  const name = freshName('buoys_typed')
  await register(api, buoyGroup(name))
  const answer = await api.post(`${groups}/${name}/rows`, {
    headers: { 'content-type': 'application/pdf' },
    data: Buffer.from('%PDF-1.7'),
  })
  const problem = await problemOf(answer, 415, 'unsupported_media_type')
  expect(problem.detail).toContain('application/pdf')
})

test('422: faults in a definition are named by pointer, all of them at once', async ({ api }) => {
  const definition = buoyGroup('Not A Name', {
    ttl: 'thirty days',
    features: [
      { name: 'water_celsius', type: 'flaot64' },
      { name: 'water_celsius', type: 'float64' },
    ],
  })
  const { errors = [] } = await problemOf(await api.post(groups, { data: definition }), 422, 'invalid')
  const pointers = errors.map(({ pointer }) => pointer)
  expect(pointers).toEqual(expect.arrayContaining(['/name', '/ttl', '/features/0/type']))
})

test('422: bad rows in JSON and NDJSON are named by row and column', async ({ api }) => {
  const name = freshName('buoys_bad')
  await register(api, buoyGroup(name))
  const rows = [
    { buoy_id: 1, read_at: '2026-01-05T00:00:00Z', waves_counted: 3 },
    { buoy_id: 1.5, read_at: '2026-01-05T00:00:00Z', waves_counted: 3 },
    { buoy_id: 2, waves_counted: 3 },
    { buoy_id: 3, read_at: '2026-01-05T00:00:00Z', waves_countd: 3 },
  ]
  const json = await api.post(`${groups}/${name}/rows`, { data: { rows } })
  const ndjson = await api.post(`${groups}/${name}/rows`, {
    headers: { 'content-type': 'application/x-ndjson' },
    data: rows.map((row) => JSON.stringify(row)).join('\n'),
  })
  for (const answer of [json, ndjson]) {
    const { errors = [] } = await problemOf(answer, 422, 'invalid')
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [2, 'buoy_id'],
      [3, 'read_at'],
      [4, 'waves_countd'],
    ])
  }
})

test('an answer carries the request id that was sent, and each problem its page', async ({ api, page }) => {
  const answer = await api.get(`${groups}/no_such_group`, { headers: { 'x-request-id': 'my-own-id-1' } })
  const problem = await problemOf(answer, 404, 'not_found')
  expect(problem.request_id).toBe('my-own-id-1')
  await page.goto(problem.type)
  await expect(page.getByText(problem.code, { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible()
})

test('health answers without a key, however often it is asked, and by GET alone', async ({ stranger }) => {
  const paths = ['/health', '/health/live', '/api/v1/health']
  const asked = Array.from({ length: 150 }, (_, index) => stranger.get(paths[index % 3] ?? ''))
  const statuses = await Promise.all(asked.map(async (answer) => (await answer).status()))
  expect(new Set(statuses)).toEqual(new Set([200]))
  for (const path of paths) {
    const answer = await stranger.post(path)
    await problemOf(answer, 405, 'method_not_allowed')
    expect(answer.headers().allow).toContain('GET')
  }
})

test('400: a key with an empty part, which would be read as another key', async ({ api }) => {
  const problem = await problemOf(await api.get(`${groups}/route_delays/online//LAX`), 400, 'not_parseable')
  expect(problem.detail).toContain('POST /api/v1/online-features')
})

test('404 and 422: a name or an id that holds U+0000', async ({ api }) => {
  for (const path of ['/jobs/%00', `/feature-groups/route_delays/runs/%00`, '/feature-groups/%00'])
    await problemOf(await api.get(`/api/v1${path}`), 404, 'not_found')
  await problemOf(await api.delete('/api/v1/spines/%00'), 404, 'not_found')
  const spine = { features: ['route_delays:x'], spine: { upload: '\0' } }
  await problemOf(await api.post('/api/v1/historical-features', { data: spine }), 422, 'invalid')
})

test('422: an instant that no year can hold, and what is allowed instead of what was sent', async ({
  api,
}) => {
  const late = '9999-12-31T23:59:59-23:59'
  const asked = [
    api.get(`/api/v1/audit?from=${encodeURIComponent(late)}`),
    api.get(
      '/api/v1/feature-groups/route_delays/drift?feature=route_mean_delay_28d&from=9999-12-31&to=9999-12-31',
    ),
    api.post('/api/v1/api-keys', { data: { name: 'late', expires_at: late } }),
  ]
  for (const answer of asked) await problemOf(await answer, 422, 'invalid')
  const { detail } = await problemOf(await api.get('/api/v1/search?kind=x'), 422, 'invalid')
  expect(detail).toContain('"service"')
})
