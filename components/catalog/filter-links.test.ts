import { expect, test } from 'vitest'
import { dropFilter, filterChips, toggleFilter, withoutFilters } from './filter-links'
import { rowActs } from './row-acts'

const search = new URLSearchParams('q=delay&team=a&team=b&sort=name&environment=dev&cursor=x&peek=group%2Fy')

test('a filter comes and goes by itself, on the first page', () => {
  expect(toggleFilter('/catalog', search, 'team', 'a')).toBe(
    '/catalog?q=delay&team=b&sort=name&environment=dev',
  )
  expect(toggleFilter('/catalog', search, 'kind', 'group')).toContain('team=a&team=b')
})

test('without filters what was asked, its order and its environment stay', () => {
  expect(withoutFilters('/catalog', search)).toBe('/catalog?q=delay&sort=name&environment=dev')
  expect(withoutFilters('/catalog', new URLSearchParams('kind=group'))).toBe('/catalog')
})

test('every filter in force is a chip, a group too', () => {
  const chips = filterChips('/catalog', new URLSearchParams('group=g&team=a&team=b'))
  expect(chips.map(({ label, value }) => `${label} ${value}`)).toEqual([
    'Feature group g',
    'Owner a',
    'Owner b',
  ])
  expect(chips[0]?.removeHref).toBe('/catalog?team=a&team=b')
  expect(dropFilter('/catalog', search, 'team')).toBe('/catalog?q=delay&sort=name&environment=dev')
})

test('nobody is led to a change that they may not make; a feature is changed with its group', () => {
  const labels = (mayEdit: boolean) => rowActs('feature', 'g:f', mayEdit, null).map(({ label }) => label)
  expect(labels(false)).toEqual(['Use it…', 'Copy full name'])
  expect(labels(true)).toEqual(['Use it…', 'Edit…', 'Copy full name'])
  expect(rowActs('feature', 'g:f', true, 'dev')).toMatchObject([
    { href: '/groups/g/features/f?environment=dev#use' },
    { href: '/groups/g/edit' },
    { copy: 'g:f' },
  ])
})
