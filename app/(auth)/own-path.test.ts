import { expect, test } from 'vitest'
import { ownPath } from './own-path'

test.each([
  ['/catalog?q=x#top', '/catalog?q=x#top'],
  ['/', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example/x', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('%j leads to %s', (wanted, path) => {
  expect(ownPath(wanted)).toBe(path)
})
