import { describe, expect, it } from 'vitest'
import { isoOfDatabaseTime } from './instant'
import { keysOfPath } from './read-one-key'

describe('keysOfPath', () => {
  it.each([
    ['/api/v1/feature-groups/g/online/1001', ['1001']],
    ['/api/v1/feature-groups/g/online/a%2Fb/c%20d', ['a/b', 'c d']],
    ['/api/v1/feature-groups/g/online/%E2%82%AC', ['€']],
    ['/api/v1/feature-groups/g/online/a/', ['a', '']],
    ['/api/v1/feature-groups/g/online', []],
  ])('%s', (path, keys) => expect(keysOfPath(path)).toEqual(keys))

  it('refuses what is no UTF-8', () => {
    expect(() => keysOfPath('/online/%FF')).toThrow('percent-encoded')
  })
})

describe('isoOfDatabaseTime', () => {
  it.each([
    ['2026-05-03 12:00:00+00', '2026-05-03T12:00:00.000000Z'],
    ['2026-05-03 12:00:00.5+00', '2026-05-03T12:00:00.500000Z'],
    ['0001-01-01 00:00:00.000001+00', '0001-01-01T00:00:00.000001Z'],
  ])('%s', (text, iso) => expect(isoOfDatabaseTime(text)).toBe(iso))
})
