import { buoyReadings, faultyReadings, type Readings } from '../support/buoys'
import { freshName, productNow } from '../support/installation'
import { expect, test } from '../support/test'
import { buoyGroup, register, sendCsv } from './buoys'

/** The newest reading of a buoy, by the file alone. */
function newestOf({ header, rows }: Readings, buoy: string): Record<string, string> {
  const at = (row: string[]) => row[header.indexOf('read_at')] ?? ''
  const own = rows.filter((row) => row[header.indexOf('buoy_id')] === buoy)
  const newest = own.reduce((best, row) => (at(row) > at(best) ? row : best))
  return Object.fromEntries(header.map((column, index) => [column, newest[index] ?? '']))
}

test('a group lives from registration to deprecation', async ({ api }) => {
  const name = freshName('buoys')
  const readings = buoyReadings()
  const newest = newestOf(readings, '9007')
  const values = {
    water_celsius: newest.water_celsius === '' ? null : Number(newest.water_celsius),
    waves_counted: Number(newest.waves_counted),
    sea_mood: newest.sea_mood,
    lamp_lit: newest.lamp_lit === 'true',
  }

  await test.step('registered: active at once, served in prod', async () => {
    const answer = await api.post('/api/v1/feature-groups', { data: buoyGroup(name) })
    expect(answer.status()).toBe(201)
    expect(answer.headers().location).toBe(`/api/v1/feature-groups/${name}`)
    expect(await answer.json()).toMatchObject({
      name,
      owner_team: 'default',
      version: 1,
      state: 'active',
      review: 'not_required',
      environments: [{ name: 'prod', state: 'promoted' }],
    })
  })

  await test.step('a file with faults is refused whole, each fault by row and column', async () => {
    const answer = await sendCsv(api, name, faultyReadings(readings))
    expect(answer.status()).toBe(422)
    const { accepted, rejected, errors } = await answer.json()
    expect({ accepted, rejected }).toEqual({ accepted: 0, rejected: 4 })
    expect(errors.map(({ row, column, value }: Record<string, unknown>) => [row, column, value])).toEqual([
      [2, 'buoy_id', 'nine'],
      [5, 'read_at', 'last tuesday'],
      [11, 'waves_counted', '12.5'],
      [17, 'lamp_lit', 'perhaps'],
    ])
    const rows = await api.get(`/api/v1/feature-groups/${name}/rows`)
    expect((await rows.json()).rows).toEqual([])
  })

  await test.step('the file goes in, in one commit', async () => {
    const answer = await sendCsv(api, name, readings.csv)
    expect(await answer.json()).toMatchObject({
      accepted: readings.rows.length,
      rejected: 0,
      errors: [],
      online: { state: 'done' },
    })
    const commits = await api.get(`/api/v1/feature-groups/${name}/commits`)
    expect(await commits.json()).toMatchObject({ meta: { total: 1 }, data: [{ rows: readings.rows.length }] })
  })

  await test.step('read online: one key by its address, many keys column by column', async () => {
    const one = await api.get(`/api/v1/feature-groups/${name}/online/9007`)
    expect(await one.json()).toMatchObject({ group: name, key: { buoy_id: 9007 }, values })
    const many = await api.post('/api/v1/online-features', {
      data: {
        features: [`${name}:waves_counted`, `${name}@1:sea_mood`],
        entities: { buoy_id: [9007, 1, 9007] },
        metadata: true,
      },
    })
    const { waves_counted: waves, sea_mood: mood } = values
    expect(await many.json()).toMatchObject({
      features: ['waves_counted', 'sea_mood'],
      values: [
        [waves, null, waves],
        [mood, null, mood],
      ],
      statuses: [
        ['PRESENT', 'NOT_FOUND', 'PRESENT'],
        ['PRESENT', 'NOT_FOUND', 'PRESENT'],
      ],
    })
  })

  await test.step('found by name, by meaning and by a misspelling', async () => {
    const search = async (q: string) => {
      const found = await api.get('/api/v1/search', { params: { q, tag: 'sea', limit: 200 } })
      const { data } = await found.json()
      return data.filter((hit: { group: string }) => hit.group === name)
    }
    expect((await search(name))[0]).toMatchObject({ kind: 'group', name, match: 'exact' })
    expect((await search('degrees at one metre')).map((hit: { name: string }) => hit.name)).toContain(
      `${name}:water_celsius`,
    )
    expect((await search('celcius'))[0]).toMatchObject({
      name: `${name}:water_celsius`,
      match: 'misspelling',
    })
  })

  await test.step('deprecated: the version says why, answers carry the headers, search demotes it', async () => {
    const sunset = new Date(productNow().getTime() + 90 * 86_400_000)
    sunset.setUTCHours(0, 0, 0, 0)
    const before = await api.get(`/api/v1/feature-groups/${name}/online/9007`)
    expect(before.headers()).not.toHaveProperty('deprecation')
    const act = await api.post(`/api/v1/feature-groups/${name}/versions/1/deprecate`, {
      data: {
        reason: 'The buoys were drawn in.',
        replacement: 'airport_delays',
        sunset_at: sunset.toISOString(),
      },
    })
    expect(await act.json()).toMatchObject({
      state: 'deprecated',
      deprecation: { reason: 'The buoys were drawn in.', replacement: 'airport_delays' },
    })
    const one = await api.get(`/api/v1/feature-groups/${name}/online/9007`)
    expect((await one.json()).values).toEqual(values)
    expect(one.headers()).toMatchObject({
      deprecation: expect.stringMatching(/^@\d{10}$/),
      sunset: sunset.toUTCString(),
      link: '</api/v1/feature-groups/airport_delays>; rel="successor-version"',
    })
    const found = await api.get('/api/v1/search', { params: { q: name } })
    expect((await found.json()).data[0]).toMatchObject({ name, lifecycle: 'deprecated' })
  })
})

test('past its sunset a version is gone, and the answer names what to read instead', async ({ api }) => {
  const name = freshName('buoys_sunk')
  await register(api, buoyGroup(name))
  const soon = new Date(
    Date.parse((await (await api.get(`/api/v1/feature-groups/${name}`)).json()).created_at) + 4000,
  )
  const act = await api.post(`/api/v1/feature-groups/${name}/versions/1/deprecate`, {
    data: { reason: 'Sunk.', replacement: 'airport_delays', sunset_at: soon.toISOString() },
  })
  expect(act.status(), await act.text()).toBe(200)
  const read = () => api.get(`/api/v1/feature-groups/${name}/online/1`)
  await expect.poll(async () => (await read()).status(), { timeout: 20_000 }).toBe(410)
  const gone = await read()
  expect(await gone.json()).toMatchObject({ code: 'gone', replacement: 'airport_delays' })
  expect(gone.headers().link).toContain('airport_delays')
})

test('a retry with its Idempotency-Key gets the first answer and stores nothing twice', async ({ api }) => {
  const name = freshName('buoys_twice')
  await register(api, buoyGroup(name))
  const data = { rows: [{ buoy_id: 1, read_at: productNow().toISOString(), waves_counted: 7 }] }
  const send = () =>
    api.post(`/api/v1/feature-groups/${name}/rows`, { headers: { 'idempotency-key': name }, data })
  const [first, second] = [await send(), await send()]
  expect(first.status()).toBe(200)
  expect(await second.json()).toEqual(await first.json())
  const commits = await api.get(`/api/v1/feature-groups/${name}/commits`)
  expect((await commits.json()).meta.total).toBe(1)
})
