import { expect, test } from 'vitest'
import { isSameView, queryOf, viewHref } from './view-query'

const search = new URLSearchParams('q=delay&team=a&team=b&environment=dev&peek=group%2Fx&cursor=y&sort=name')

test('a view is what was asked, filtered and ordered, and leads back to it', () => {
  const query = queryOf(search)
  expect(query).toEqual({ q: ['delay'], team: ['a', 'b'], sort: ['name'] })
  expect(viewHref(query, null)).toBe('/catalog?q=delay&team=a&team=b&sort=name')
  expect(viewHref(query, 'dev')).toBe('/catalog?environment=dev&q=delay&team=a&team=b&sort=name')
  expect(viewHref({}, null)).toBe('/catalog')
})

test('the order of filters makes no other view', () => {
  expect(isSameView({ team: ['a', 'b'] }, { team: ['b', 'a'] })).toBe(true)
  expect(isSameView({ team: ['a'] }, { team: ['a', 'b'] })).toBe(false)
})
