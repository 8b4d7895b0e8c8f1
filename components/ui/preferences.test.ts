import { expect, test } from 'vitest'
import { readPreferences } from './preferences'
import { withParams } from './route'

const store = (cookies: Record<string, string>) => ({
  get: (name: string) => {
    const value = cookies[name]
    return value === undefined ? undefined : { value }
  },
})

test('nothing remembered: as the system says, in UTC', () => {
  expect(readPreferences(store({}))).toEqual({
    theme: 'system',
    rows: 'normal',
    rail: 'open',
    zone: 'UTC',
    panel: 420,
  })
})

test('what was remembered comes back, what was tampered with does not', () => {
  const good = { almanac_theme: 'dark', almanac_zone: 'Europe%2FBerlin', almanac_panel: '500' }
  expect(readPreferences(store(good))).toMatchObject({ theme: 'dark', zone: 'Europe/Berlin', panel: 500 })
  const bad = { almanac_theme: '"><script>', almanac_zone: '%', almanac_panel: '1e9', almanac_rows: 'huge' }
  expect(readPreferences(store(bad))).toMatchObject({
    theme: 'system',
    zone: 'UTC',
    panel: 420,
    rows: 'normal',
  })
})

test('parameters change without losing the others', () => {
  expect(withParams('/catalog', 'q=delay&page=3', { page: null, sort: '-rows' })).toBe(
    '/catalog?q=delay&sort=-rows',
  )
  expect(withParams('/catalog', 'q=a', { q: '' })).toBe('/catalog')
})
