import { type APIRequestContext, expect } from '@playwright/test'

/** The definition of a group of buoy readings, as a person would send it. */
export const buoyGroup = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  description: 'What a buoy measures every other day: water, waves and its lamp.',
  entity: { name: 'open_sea_buoy', keys: [{ name: 'buoy_id', type: 'int64' }] },
  primary_key: ['buoy_id'],
  timestamp_key: 'read_at',
  tags: ['sea'],
  features: [
    { name: 'water_celsius', type: 'float64', description: 'Degrees at one metre.' },
    { name: 'waves_counted', type: 'int64', description: 'Waves an hour.' },
    { name: 'sea_mood', type: 'string', description: 'In the words of the reader.' },
    { name: 'lamp_lit', type: 'bool', description: 'Whether the lamp is lit.' },
  ],
  ...more,
})

export async function register(api: APIRequestContext, definition: Record<string, unknown>) {
  const answer = await api.post('/api/v1/feature-groups', { data: definition })
  expect(answer.status(), await answer.text()).toBe(201)
  return answer.json()
}

export const sendCsv = (api: APIRequestContext, group: string, csv: string, query = '') =>
  api.post(`/api/v1/feature-groups/${group}/rows${query}`, {
    headers: { 'content-type': 'text/csv' },
    data: csv,
  })

/** A registered group that holds the rows of a CSV file. */
export async function filledGroup(api: APIRequestContext, name: string, csv: string) {
  const group = await register(api, buoyGroup(name))
  const answer = await sendCsv(api, name, csv)
  expect(answer.status(), await answer.text()).toBe(200)
  return group
}
