import { expect, it } from 'vitest'
import type { BulkPreviewResource } from '@/lib/retirement/operations'
import { outcomeWords } from './asset-words'
import { bulkEffects } from './bulk-effects'

const preview: BulkPreviewResource = {
  act: 'archive',
  items: [{ kind: 'group', name: 'route_traffic', version: 1, refused: null }],
  services: [],
  groups: [],
  datasets: [],
  consumers: [],
  note: 'Only what you may know of.',
  owner_teams: ['flights'],
}

it('says what goes, what stays and why, and who is hit', () => {
  expect(bulkEffects(preview)).toEqual([
    '1 goes: route_traffic@1. Reads answer 410 at once.',
    'Nothing else was built on them.',
    'Nobody has read them in 30 days.',
    'Whom to tell: flights.',
    'Only what you may know of.',
  ])
  const told = bulkEffects({
    ...preview,
    act: 'deprecate',
    items: [
      { kind: 'service', name: 'delay', version: null, refused: 'A service is archived.' },
      { kind: 'group', name: 'waves', version: 1, refused: 'waves@1 is in use.' },
    ],
    consumers: [
      {
        kind: 'key',
        name: 'ci',
        owner: 'Mara',
        owner_teams: [],
        items: [],
        last_read: '2026-11-20T00:00:00Z',
      },
    ],
  })
  expect(told.slice(0, 2)).toEqual(['delay stays: A service is archived.', 'waves@1 is in use.'])
  expect(told).toContain('Read in 30 days by API key ci of Mara.')
})

it('counts outcomes', () => {
  const one = { kind: 'group' as const, name: 'a', version: 1, done: true, because: null }
  expect(outcomeWords([one, { ...one, done: false }])).toBe('1 done, 1 refused')
})
