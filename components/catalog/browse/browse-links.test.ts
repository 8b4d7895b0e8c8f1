import { expect, test } from 'vitest'
import { chooseHref, listHref, ownPage } from './browse-links'

const search = new URLSearchParams('environment=dev&domain=a&domain_page=x&entity=b&group=c&feature_page=y')

test('a choice leaves what was chosen beneath another one', () => {
  expect(chooseHref(search, 'entity', 'z')).toBe(
    '/catalog/browse?environment=dev&domain=a&domain_page=x&entity=z',
  )
  expect(chooseHref(search, 'domain', '-')).toBe('/catalog/browse?environment=dev&domain=-&domain_page=x')
})

test('a feature is peeked at, and all columns stay', () => {
  expect(chooseHref(search, 'feature', 'f')).toBe(`/catalog/browse?${search}&peek=feature%2Fc%3Af`)
})

test('what states nothing has no page and is no filter', () => {
  expect(ownPage('domain', '-')).toBeNull()
  expect(ownPage('entity', 'b')).toBe('/entities/b')
  expect(listHref({ domain: '-', entity: 'b' })).toBe('/catalog?entity=b')
})
