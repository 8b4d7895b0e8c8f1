import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, toJson } from './canonical'
import { canonicalInstant, hashLink, hashRow } from './hash'

test('an instant has one text, whoever wrote it', () => {
  expect(canonicalInstant('2026-05-03T12:00:00.123Z')).toBe('2026-05-03T12:00:00.123000Z')
  expect(canonicalInstant('2026-05-03 12:00:00.123+00')).toBe('2026-05-03T12:00:00.123000Z')
  expect(canonicalInstant('2026-05-03 12:00:00+00')).toBe('2026-05-03T12:00:00.000000Z')
  expect(() => canonicalInstant('2026-05-03 12:00:00+02')).toThrow('Not an instant in UTC')
})

test('canonical JSON does not depend on the order of members', () => {
  expect(canonicalJson({ b: 1, a: { d: [2, null], c: 'x' } })).toBe('{"a":{"c":"x","d":[2,null]},"b":1}')
})

test('any value becomes JSON that reads back as itself', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => {
      const json = toJson(value)
      const text = canonicalJson(json)
      expect(text).not.toContain('\\u0000')
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text)
    }),
  )
})

test('integers beyond a double, dates and lone surrogates keep what they can', () => {
  expect(toJson(new Date(Number.NaN))).toBe('Invalid Date')
  expect(toJson({ a: 9007199254740993n, b: new Date(0), c: 'a\u0000\ud800b', d: undefined })).toEqual({
    a: '9007199254740993',
    b: '1970-01-01T00:00:00.000Z',
    c: 'a\ufffd\ufffdb',
  })
})

const row = {
  id: '1',
  time: '2026-05-03T12:00:00Z',
  actorKind: 'user',
  actorId: 'u',
  actorName: 'Mara',
  onBehalfOf: null,
  via: 'ui',
  action: 'group:update',
  resourceKind: 'group',
  resourceName: 'route_delays',
  environment: 'prod',
  verdict: 'allow',
  policies: ['administrator'],
  policyVersion: 'v',
  reason: null,
  before: null,
  after: { a: 1 },
  requestId: 'r',
}

test.each(Object.keys(row).filter((name) => name !== 'time'))('the hash covers %s', (name) => {
  expect(hashRow({ ...row, [name]: 'other' })).not.toBe(hashRow(row))
})

test('the hash covers the time and nothing outside the row', () => {
  expect(hashRow({ ...row, time: '2026-05-03T12:00:00.000001Z' })).not.toBe(hashRow(row))
  expect(hashRow({ ...row, hash: 'x' } as typeof row)).toBe(hashRow(row))
})

test('a link covers its place, the link before it and its row', () => {
  const whole = hashLink(2, 'p', 'a', 'h')
  expect(
    new Set([whole, hashLink(3, 'p', 'a', 'h'), hashLink(2, 'q', 'a', 'h'), hashLink(2, 'p', 'b', 'h')]).size,
  ).toBe(4)
})
