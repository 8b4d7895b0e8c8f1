import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { convertText, type FeatureType, parseFeatureType, toEngineText } from '@/lib/core/feature-type'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { cellConversion } from './duckdb/convert-cell'
import { castFromText, text as literal } from './duckdb/sql'
import { queryRows } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const digits = fc.stringMatching(/^[0-9]{1,22}$/)
const sign = fc.constantFrom('', '', '-', '+')
const fraction = fc.oneof(
  fc.constant(''),
  fc.constant('.'),
  fc.constant('.0'),
  digits.map((d) => `.${d}`),
)
const exponent = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('e', 'E'), sign, fc.nat(400)).map((parts) => parts.join('')),
  },
)
const numbers = fc.oneof(
  fc.tuple(sign, digits, fraction, exponent).map((parts) => parts.join('')),
  fc.double().map(String),
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String),
  fc.constantFrom(
    'NaN',
    'nan',
    'inf',
    '-inf',
    '+inf',
    '+nan',
    'Infinity',
    '-INFINITY',
    '.5',
    '1_000',
    '0x10',
    '1e',
  ),
  fc.constantFrom(
    '16777216',
    '16777217',
    '16777217.0',
    '2147483648',
    '9223372036854775807',
    '-9223372036854775808',
  ),
)

const two = fc.nat(99).map((n) => String(n).padStart(2, '0'))
const date = fc
  .tuple(fc.constantFrom('2026', '2024', '1969', '0000', '0001', '9999'), two, two)
  .map(([year, month, day]) => `${year}-${month}-${day}`)
const goodDate = fc.constantFrom('2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31', '1969-12-31')
const zone = fc.oneof(
  fc.constantFrom('', 'Z', 'z', '+00:00', '-23:59', '+14:00', '+24:00', '+02', '+0200', ' UTC'),
  fc.tuple(fc.constantFrom('+', '-'), two, two).map(([mark, hour, minute]) => `${mark}${hour}:${minute}`),
)
const part = fc.oneof({ weight: 3, arbitrary: fc.nat(59).map((n) => String(n).padStart(2, '0')) }, two)
const times = fc
  .tuple(
    fc.oneof(goodDate, date),
    fc.constantFrom('T', 't', ' ', '  ', ''),
    fc.oneof(
      fc.nat(23).map((n) => String(n).padStart(2, '0')),
      two,
    ),
    part,
    part,
    fc.oneof(fc.constantFrom('', '.', '.5'), fc.stringMatching(/^\.[0-9]{1,8}$/)),
    zone,
  )
  .map(
    ([day, gap, hour, minute, second, rest, offset]) =>
      `${day}${gap}${hour}:${minute}:${second}${rest}${offset}`,
  )

const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'true',
    'TRUE',
    'False',
    't',
    'yes',
    '1',
    '0',
    'null',
    'é',
    'ﬁ',
    '１２',
    "it's",
    '"',
    'ſ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const base64 = fc.oneof(fc.base64String({ maxLength: 12 }), fc.stringMatching(/^[A-Za-z0-9+/=]{0,9}$/))

const texts: Record<string, fc.Arbitrary<string>> = {
  bool: odd,
  int32: numbers,
  int64: numbers,
  float32: numbers,
  float64: numbers,
  'decimal(6,2)': numbers,
  'decimal(38,0)': numbers,
  string: odd,
  bytes: base64,
  date: fc.oneof(date, goodDate, times),
  timestamp: fc.oneof({ weight: 4, arbitrary: times }, { weight: 1, arbitrary: fc.oneof(date, goodDate) }),
}

/** Texts a type takes as plain, with whether the value is the codec's. */
async function plainOf(type: FeatureType, all: string[]) {
  const rows = all.map((text) => {
    const converted = convertText(type, text)
    const canonical = converted.ok ? toEngineText(type, converted.value) : null
    return `(${literal(text)}, ${canonical === null ? 'NULL' : literal(canonical)})`
  })
  const { value, fault } = cellConversion(type, 'x')
  const same = `CAST(${value} AS VARCHAR) = CAST(${castFromText(type, 'canonical')} AS VARCHAR)`
  return queryRows(
    `SELECT x, canonical, ${same} FROM (SELECT x::VARCHAR AS x, canonical::VARCHAR AS canonical FROM ` +
      `(VALUES ${rows.join(', ')}) v(x, canonical)) WHERE (${fault}) IS NULL`,
  )
}

describe('plain cells', () => {
  it.each(Object.entries(texts))(
    'are what the codec takes, and become its value: %s',
    async (name, arbitrary) => {
      const type = parseFeatureType(name)
      if (!type) throw new Error(name)
      const all = fc
        .sample(arbitrary, { numRuns: 3000, seed: 5 })
        .filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text))
      const plain = await plainOf(type, all)
      expect(plain.filter(([, , same]) => same !== true)).toEqual([])
      // What the codec takes is mostly plain too: otherwise the bulk path would serve nobody.
      const taken = all.filter((text) => convertText(type, text).ok)
      expect(plain.length).toBeGreaterThan(taken.length * 0.4)
    },
  )

  it('are none of lists and json', async () => {
    for (const name of ['json', 'array<int64>', 'embedding<2, l2>']) {
      const type = parseFeatureType(name)
      if (type) expect(await plainOf(type, ['[1,2]'])).toEqual([])
    }
  })
})
