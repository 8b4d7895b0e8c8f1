import { expect, it } from 'vitest'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { searchCsv } from './listing-csv'
import { searchQuery } from './operations'

it('lists what the search lists, beyond its page, and nothing that is hidden from the reader', async () => {
  const owner = contextOf(['producer', 'consumer'], await mintTeam())
  const feature = (name: string, more: object = {}) => ({
    name,
    type: 'int64',
    description: 'Quokkas, counted.',
    ...more,
  })
  const body = groupBody({
    name: 'quokka_counts',
    description: '=Quokkas seen',
    features: [
      feature('quokka_1d'),
      feature('quokka_7d'),
      feature('quokka_zebra', { classification: 'restricted' }),
    ],
  })
  await registerFeatureGroup(owner, body)
  const csv = await searchCsv(
    contextOf(['viewer']),
    searchQuery.parse({ q: 'quokka', limit: 1, sort: 'name' }),
  )
  const [head, ...lines] = csv.trimEnd().split('\n')
  expect(head).toMatch(/^kind,name,description,/)
  expect(lines.map((line) => line.split(',')[1])).toEqual([
    'quokka_counts',
    'quokka_counts:quokka_1d',
    'quokka_counts:quokka_7d',
  ])
  expect(csv, 'no formula reaches a spreadsheet').toContain("'=Quokkas seen")
  expect(csv).not.toContain('zebra')
})
