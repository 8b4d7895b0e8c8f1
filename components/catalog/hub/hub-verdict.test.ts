import { expect, test } from 'vitest'
import { hubVerdict } from './hub-verdict'

const hub = {
  groups: 3,
  features: 24,
  owners: ['a', 'b', 'c', 'd'].map((name) => ({ name, count: 1 })),
  services: [],
  servicesTotal: 0,
  sources: [],
  readersTotal: 1,
  readers: [],
}
const texts = (fresh: string[], more: object = {}) =>
  hubVerdict({ hub: { ...hub, ...more }, fresh, groupsHref: '/g', featuresHref: '/f' }).map(
    ({ text }) => text,
  )

test('says how much there is, how fresh it is, who reads and who owns it', () => {
  expect(texts(['ok', 'fail', 'unknown'])).toEqual([
    '24 features',
    '3 groups',
    '1 of 2 groups late',
    '1 reader in 30 days',
    'owned by a, b, and c and 1 more',
  ])
  expect(texts(['ok', 'fact'])).toContain('2 groups fresh')
})

test('what is not known is said to be unknown; nothing is said of the freshness of nothing', () => {
  expect(texts(['unknown'])).toContain('freshness unknown: no group has rows here')
  expect(texts([], { groups: 0, features: 0, owners: [] })).toEqual([
    '0 features',
    '0 groups',
    '1 reader in 30 days',
  ])
})
