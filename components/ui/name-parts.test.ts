import { expect, test } from 'vitest'
import { parseFullName, splitForCut } from './name-parts'

test.each([
  ['flights_by_airport:mean_delay_7d', { group: 'flights_by_airport', version: null, name: 'mean_delay_7d' }],
  [
    'flights_by_airport@2:mean_delay_7d',
    { group: 'flights_by_airport', version: '@2', name: 'mean_delay_7d' },
  ],
  ['churn_v1@3', { group: null, version: '@3', name: 'churn_v1' }],
  ['customer', { group: null, version: null, name: 'customer' }],
])('%s', (full, parts) => {
  expect(parseFullName(full)).toEqual(parts)
})

test('names that differ at their end stay apart when cut', () => {
  const tails = ['mean_delay_of_origin_7d', 'mean_delay_of_origin_28d'].map((name) => splitForCut(name)[1])
  expect(new Set(tails).size).toBe(2)
})

test('head and tail together are the name, short names are not cut', () => {
  for (const name of ['a', 'num_logins', 'mean_delay_7d', 'x'.repeat(63)]) {
    expect(splitForCut(name).join('')).toBe(name)
  }
  expect(splitForCut('num_logins')).toEqual(['', 'num_logins'])
  expect(splitForCut('mean_delay_7d')).toEqual(['mean', '_delay_7d'])
})
