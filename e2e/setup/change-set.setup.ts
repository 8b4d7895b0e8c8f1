import { expect, test as setup } from '@playwright/test'
import { almanac, freshName } from '../support/installation'

const group = (name: string, team: string, entity: string) => ({
  name,
  description: 'How the water at a gauge stood on the day.',
  owner_team: team,
  classification: 'confidential',
  purposes: ['flood warnings'],
  lawful_basis: 'not_personal',
  entity: { name: entity, keys: [{ name: 'gauge', type: 'string' }] },
  primary_key: ['gauge'],
  timestamp_key: 'day',
  features: [{ name: 'highest_level', type: 'float64', description: 'Metres above the zero of the gauge.' }],
})

/** Two first versions that are reviewed as one: a page whose address holds an id. */
setup('a change set waits for its review', async ({ request, baseURL }) => {
  const secret = await almanac('key', 'create', '--name', 'browser-tests-gauges', '--role', 'administrator')
  const send = async (path: string, data: object) => {
    const headers = { authorization: `Bearer ${secret}` }
    const answer = await request.post(`${baseURL}/api/v1/${path}`, { headers, data })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  const [team, entity] = [freshName('gauges'), freshName('gauge')]
  await send('teams', { name: team, description: 'Levels of rivers.' })
  const names = [freshName('river_levels'), freshName('lake_levels')]
  for (const name of names) await send('feature-groups', group(name, team, entity))
  await send('change-sets', {
    title: 'Levels of rivers and lakes',
    reason: 'They are read together.',
    items: names.map((name) => ({ group: name, version: 1 })),
  })
})
