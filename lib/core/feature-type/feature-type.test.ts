import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson, stringifyJson } from '../json'
import { arbitraryType, arbitraryValue } from './arbitrary.testing'
import {
  convertJson,
  convertKey,
  convertText,
  encodeEntityKey,
  type FeatureType,
  formatFeatureType,
  inferColumnType,
  inferJsonColumnType,
  parseFeatureType,
  toEngineText,
  toFragment,
  toJsonValue,
} from './index'

const type = (text: string): FeatureType => {
  const parsed = parseFeatureType(text)
  if (!parsed) throw new Error(`no type ${text}`)
  return parsed
}
const json = (name: string, value: unknown) => {
  const result = convertJson(type(name), value)
  return result.ok ? result.value : result.rule
}
const text = (name: string, value: string | null) => {
  const result = convertText(type(name), value)
  return result.ok ? result.value : result.rule
}
const fragment = (name: string, value: unknown) => {
  const result = convertJson(type(name), value)
  return result.ok ? toFragment(type(name), result.value) : `refused: ${result.rule}`
}

describe('type names', () => {
  it.each([
    'bool',
    'int64',
    'decimal(10,2)',
    'array<array<string>>',
    'embedding<8, cosine>',
    'array<decimal(5,0)>',
  ])('%s reads back', (name) => expect(formatFeatureType(type(name))).toBe(name))
  it.each([
    '',
    'int',
    'INT64',
    'decimal(39,2)',
    'decimal(2,3)',
    'array<>',
    'embedding<0, l2>',
    'embedding<3, x>',
  ])('%s is no type', (name) => expect(parseFeatureType(name)).toBeNull())
})

describe('integers are exact', () => {
  it.each([
    ['int64', 9007199254740993n, '9007199254740993'],
    ['int64', '9223372036854775807', '9223372036854775807'],
    ['int64', '9223372036854775808', 'refused: range'],
    ['int64', 1001.0, '1001'],
    ['int64', '1001.0', '1001'],
    ['int64', 1001.5, 'refused: integral'],
    ['int64', '1e3', '1000'],
    ['int64', ' 12', 'refused: type'],
    ['int64', '+12', 'refused: type'],
    ['int64', '', 'refused: type'],
    ['int64', true, 'refused: type'],
    ['int64', [1], 'refused: type'],
    ['int64', '1e999999', 'refused: range'],
    ['int32', 2147483648, 'refused: range'],
    ['int32', -2147483648, '-2147483648'],
    ['int32', Number.NaN, 'refused: type'],
  ])('%s of %s is %s', (name, value, expected) => expect(fragment(name, value)).toBe(expected))

  it('reads lossless numbers of a body', () => {
    expect(fragment('int64', parseJson('9007199254740993.0'))).toBe('9007199254740993')
    expect(fragment('int64', parseJson('9007199254740993.5'))).toBe('refused: integral')
  })
})

describe('floats', () => {
  it.each([
    ['float64', 2, '2.0'],
    ['float64', 0.1, '0.1'],
    ['float64', -0, '-0.0'],
    ['float64', 1e21, '1e+21'],
    ['float64', 1e20, '100000000000000000000.0'],
    ['float64', 'NaN', '"NaN"'],
    ['float64', '-Infinity', '"-Infinity"'],
    ['float64', parseJson('1e400'), 'refused: range'],
    ['float64', parseJson('9007199254740993'), 'refused: precision'],
    ['float64', parseJson('123456789012345680000'), '123456789012345680000.0'],
    ['float64', '1,5', 'refused: type'],
    ['float64', '0x10', 'refused: type'],
    ['float32', 0.1, '0.1'],
    ['float32', 16777216, '16777216.0'],
    ['float32', 16777217, 'refused: precision'],
    ['float32', 123456790, '123456790.0'],
    ['float32', 1e39, 'refused: range'],
    ['float32', 3.4028234663852886e38, '3.4028235e+38'],
    ['float32', 1e-45, '1e-45'],
  ])('%s of %s is %s', (name, value, expected) => expect(fragment(name, value)).toBe(expected))
})

describe('other scalars', () => {
  it.each([
    ['decimal(5,2)', 1.5, '"1.50"'],
    ['decimal(5,2)', '999.99', '"999.99"'],
    ['decimal(5,2)', '1000', 'refused: range'],
    ['decimal(5,2)', '0.001', 'refused: precision'],
    ['decimal(5,2)', '-0.00', '"0.00"'],
    ['decimal(2,2)', '-0.5', '"-0.50"'],
    [
      'decimal(38,0)',
      parseJson('12345678901234567890123456789012345678'),
      '"12345678901234567890123456789012345678"',
    ],
    ['string', 'é\u0001"', '"é\\u0001\\""'],
    ['string', 'a\0', 'refused: nul_character'],
    ['string', '\ud800', 'refused: encoding'],
    ['string', '', '""'],
    ['string', 5, 'refused: type'],
    ['bytes', 'QQ==', '"QQ=="'],
    ['bytes', 'QR==', 'refused: type'],
    ['bytes', 'QQ', 'refused: type'],
    ['bool', 'true', 'refused: type'],
    ['bool', 1, 'refused: type'],
    ['date', '2024-02-29', '"2024-02-29"'],
    ['date', '2023-02-29', 'refused: range'],
    ['date', '2023-2-9', 'refused: type'],
    ['json', { a: [1, null] }, '{"a":[1,null]}'],
    ['json', parseJson('{"a":9007199254740993}'), '{"a":9007199254740993}'],
    ['json', 'a\0', 'refused: nul_character'],
    ['json', 'a\\u0000', '"a\\\\u0000"'],
    ['array<int64>', [1, null, '3'], '[1,null,3]'],
    ['array<int64>', [], '[]'],
    ['array<int64>', [1.5], 'refused: integral'],
    ['array<int64>', '[1]', 'refused: type'],
    ['embedding<2, cosine>', [1, 0.5], '[1.0,0.5]'],
    ['embedding<2, cosine>', [1], 'refused: dimension'],
    ['embedding<2, cosine>', [1, null], 'refused: range'],
    ['embedding<2, cosine>', [1, 'NaN'], 'refused: range'],
    ['string', null, 'null'],
    ['int64', undefined, 'null'],
  ])('%s of %s is %s', (name, value, expected) => expect(fragment(name, value)).toBe(expected))
})

describe('time', () => {
  it.each([
    ['2023-06-01T12:30:00Z', '2023-06-01T12:30:00.000000Z'],
    ['2023-06-01T12:30:00', '2023-06-01T12:30:00.000000Z'],
    ['2023-06-01 12:30:00.5', '2023-06-01T12:30:00.500000Z'],
    ['2023-06-01T01:30:00+05:30', '2023-05-31T20:00:00.000000Z'],
    ['2023-06-01T23:30:00-02:00', '2023-06-02T01:30:00.000000Z'],
    ['2023-06-01', '2023-06-01T00:00:00.000000Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['2023-06-01T12:30:00.123456000Z', '2023-06-01T12:30:00.123456Z'],
    ['2023-06-01T12:30:00.1234567Z', 'precision'],
    ['2023-06-01T12:30:60Z', 'range'],
    ['2023-06-01T24:00:00Z', 'range'],
    ['2023-02-30T00:00:00Z', 'range'],
    ['0001-01-01T00:00:00+01:00', 'range'],
    ['2023-06-01T12:30Z', 'type'],
    ['06/01/2023', 'type'],
    ['1685577600', 'type'],
    ['infinity', 'type'],
    ['', 'type'],
  ])('%s is %s', (value, expected) => {
    const result = convertText({ kind: 'timestamp' }, value)
    expect(result.ok ? toJsonValue({ kind: 'timestamp' }, result.value) : result.rule).toBe(expected)
  })

  it('agrees with the platform calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(-62135596800000), max: new Date(253402300799999), noInvalidDate: true }),
        (date) => {
          expect(text('timestamp', date.toISOString())).toBe(BigInt(date.getTime()) * 1000n)
        },
      ),
    )
  })

  it('refuses numbers', () => expect(json('timestamp', 1685577600)).toBe('type'))
})

describe('text cells', () => {
  it('tells null from the empty text', () => {
    expect(text('string', null)).toBeNull()
    expect(text('string', '')).toBe('')
    expect(text('int64', '')).toBe('type')
  })
  it('reads bools, arrays and json', () => {
    expect(text('bool', 'True')).toBe(true)
    expect(text('bool', 'yes')).toBe('type')
    expect(text('array<string>', '["a",null]')).toEqual(['a', null])
    expect(text('array<string>', 'a,b')).toBe('type')
    expect(text('json', '{"a": 1}')).toBe('{"a":1}')
  })
})

describe('keys', () => {
  it('reaches one key from every exact spelling', () => {
    const int64 = type('int64')
    for (const value of ['1001', 1001, 1001.0, '1001.0', 1001n]) {
      expect(convertKey(int64, value)).toEqual({ ok: true, value: 1001n })
    }
    expect(convertKey(int64, 1001.5).ok).toBe(false)
    expect(convertKey(int64, '1001.5').ok).toBe(false)
  })
  it('keeps composite keys apart', () => {
    const strings = [type('string'), type('string')]
    expect(encodeEntityKey(strings, ['1', '12'])).not.toBe(encodeEntityKey(strings, ['11', '2']))
    expect(encodeEntityKey(strings, ['a\x1f', 'b'])).not.toBe(encodeEntityKey(strings, ['a', '\x1fb']))
    expect(encodeEntityKey([], [])).toBe('')
    expect(encodeEntityKey([type('int64'), type('string')], [5n, 'x'])).toBe('5\x1f"x"')
  })
})

describe('inference', () => {
  it.each([
    [['1', '2', null], 'int64'],
    [['1', '2.5'], 'float64'],
    [['1.0', '2.0'], 'float64'],
    [['1', 'NaN'], 'float64'],
    [['007', '12'], 'string'],
    [['true', 'False'], 'bool'],
    [['2023-01-01'], 'date'],
    [['2023-01-01', '2023-01-01T10:00:00Z'], 'timestamp'],
    [['[1,2]', '[]'], 'array<int64>'],
    [['{"a":1}'], 'json'],
    [['a', '1'], 'string'],
    [[null, null], 'string'],
    [['9223372036854775808'], 'float64'],
  ])('%j is %s', (samples, expected) => expect(formatFeatureType(inferColumnType(samples))).toBe(expected))

  it.each([
    [[1, 9007199254740993n], 'int64'],
    [[1, 2.5, null], 'float64'],
    [[true], 'bool'],
    [['a'], 'string'],
    [['a', 1], 'json'],
    [[{ a: 1 }], 'json'],
    [[null], 'string'],
  ])('JSON %o is %s', (values, expected) =>
    expect(formatFeatureType(inferJsonColumnType(values))).toBe(expected),
  )
})

describe('round trips', () => {
  const typed = arbitraryType().chain((one) => arbitraryValue(one).map((value) => ({ one, value })))

  it('canonical → fragment → canonical', () => {
    fc.assert(
      fc.property(typed, ({ one, value }) => {
        expect(convertJson(one, parseJson(toFragment(one, value)))).toEqual({ ok: true, value })
      }),
      { numRuns: 2000 },
    )
  })

  it('canonical → JSON value → canonical ', () => {
    fc.assert(
      fc.property(typed, ({ one, value }) => {
        const written = stringifyJson(toJsonValue(one, value))
        const again = convertJson(one, parseJson(written))
        expect(again.ok && stringifyJson(toJsonValue(one, again.value))).toBe(written)
      }),
      { numRuns: 500 },
    )
  })

  it('canonical → engine text → canonical, for what one cell can hold', () => {
    fc.assert(
      fc.property(typed, ({ one, value }) => {
        fc.pre(one.kind !== 'array' && one.kind !== 'embedding')
        expect(convertText(one, toEngineText(one, value))).toEqual({ ok: true, value })
      }),
      { numRuns: 2000 },
    )
  })

  it('no fragment holds the separator', () => {
    fc.assert(fc.property(typed, ({ one, value }) => !toFragment(one, value).includes('\x1f')))
  })
})
