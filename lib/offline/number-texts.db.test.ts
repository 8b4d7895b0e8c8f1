import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  convertText,
  engineType,
  type FeatureType,
  parseFeatureType,
  toFragment,
} from '@/lib/core/feature-type'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { convertSource } from './duckdb/convert-source'
import { text } from './duckdb/sql'
import { queryRows } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const typeOf = (name: string): FeatureType => {
  const type = parseFeatureType(name)
  if (!type) throw new Error(name)
  return type
}

const digits = (most: number) =>
  fc.array(fc.constantFrom(...'0011223456789'), { minLength: 1, maxLength: most }).map((all) => all.join(''))
const whole = fc.oneof(
  digits(20),
  fc.constantFrom('16777216', '16777217', '9007199254740992', '9007199254740993', '9223372036854775807'),
)
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    whole,
    fc.option(
      digits(8).map((fraction) => `.${fraction}`),
      { nil: '' },
    ),
    fc.option(
      fc.integer({ min: -12, max: 12 }).map((power) => `e${power}`),
      { nil: '' },
    ),
  )
  .map((parts) => parts.join(''))

/** What the engine makes of the texts: a value's text, or null when it is refused. */
async function inEngine(type: FeatureType, texts: string[]): Promise<(string | null)[]> {
  const { value, fault } = convertSource({ kind: 'text' }, type, 'x')
  const values = texts.map((one, i) => `(${i}, ${text(one)})`).join(', ')
  const rows = await queryRows(
    `SELECT CAST(${value} AS VARCHAR), ${fault} FROM (VALUES ${values}) t(i, x) ORDER BY i`,
    [],
  )
  return rows.map(([cell, rule]) => (rule === null ? String(cell) : null))
}

/** The same value as the engine writes it. */
async function byCodec(type: FeatureType, texts: string[]): Promise<(string | null)[]> {
  const canonical = texts.map((one) => convertText(type, one))
  const values = canonical.map((one, i) =>
    one.ok
      ? `(${i}, CAST('${toFragment(type, one.value).replaceAll('"', '')}' AS ${engineType(type)}))`
      : `(${i}, NULL)`,
  )
  const rows = await queryRows(`SELECT CAST(x AS VARCHAR) FROM (VALUES ${values}) t(i, x) ORDER BY i`, [])
  return rows.map(([cell]) => (cell === null ? null : String(cell)))
}

describe('the text of a number', () => {
  it.each(['int32', 'int64', 'float32', 'float64', 'decimal(10,6)', 'decimal(38,0)', 'decimal(20,10)'])(
    'is the same %s to the engine and to the codec, or none to both',
    async (name) => {
      const type = typeOf(name)
      await fc.assert(
        fc.asyncProperty(fc.array(numberText, { minLength: 40, maxLength: 60 }), async (texts) => {
          const [engineValues, codecValues] = [await inEngine(type, texts), await byCodec(type, texts)]
          expect(texts.map((one, i) => [one, engineValues[i]])).toEqual(
            texts.map((one, i) => [one, codecValues[i]]),
          )
        }),
        { numRuns: 12 },
      )
    },
    60_000,
  )
})
