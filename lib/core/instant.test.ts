import { expect, it } from 'vitest'
import { instantSchema, instantTextSchema } from './instant'

it.each([
  ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00.000000Z'],
  ['2026-03-01T01:30:00.5+01:30', '2026-03-01T00:00:00.500000Z'],
  ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
])('reads %s', (sent, utc) => {
  expect(instantSchema.parse(sent)).toBe(utc)
  expect(instantTextSchema.parse(sent)).toBe(sent)
})

it.each([
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59.999999999Z',
  '2026-03-01T00:00:00',
  '2026-03-01',
  '',
])('refuses %s and says why', (sent) => {
  expect(instantSchema.safeParse(sent).error?.issues).toHaveLength(1)
})
