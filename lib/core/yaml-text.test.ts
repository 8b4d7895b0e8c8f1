import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { yamlText } from './yaml-text'

const words = [
  'yes',
  'no',
  'on',
  'Off',
  'y',
  '12:30',
  '12:30:45',
  '2026-01-01',
  '0o14',
  '014',
  '0x1F',
  '1_000',
  '~',
]

describe('a value as YAML', () => {
  test.each(words)('%s stays a text for readers of both versions, as a value and as a name', (word) => {
    const value = { texts: [word], [word]: word }
    for (const version of ['1.1', '1.2'] as const) expect(parse(yamlText(value), { version })).toEqual(value)
  })

  test('is read as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (value) => {
        expect({ ...parse(yamlText(value)) }).toEqual({ ...value })
      }),
    )
  })

  test('ordinary words stand plain', () => {
    expect(yamlText({ name: 'route_delays', description: 'How late.' })).toBe(
      'name: route_delays\ndescription: How late.\n',
    )
  })
})
