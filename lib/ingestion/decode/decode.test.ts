import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFeatureType } from '@/lib/core/feature-type'
import { rowPlan } from '../row-plan'
import { decodeCsv } from './csv'
import { decodeJson } from './json'
import { linesOf } from './lines'
import { decodeNdjson } from './ndjson'

function typed(name: string, typeText: string) {
  const type = parseFeatureType(typeText)
  if (!type) throw new TypeError(typeText)
  return { name, type, typeText }
}

const plan = rowPlan({
  keys: [typed('id', 'int64')],
  timestampKey: 'ts',
  features: [typed('text', 'string'), typed('constructor', 'int64')].map((column, position) => ({
    ...column,
    position,
    expression: null,
    role: 'feature',
    horizonSeconds: null,
    contract: null,
    classification: 'internal',
    permittedUse: [],
    isIdentifier: false,
  })),
  inputs: [],
})

async function* bytes(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}

async function rowsOf<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const rows: T[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

describe('linesOf', () => {
  it('gives the lines of a text, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'ä€', '\n', '\r\n', '')),
        fc.integer({ min: 1, max: 5 }),
        async (parts, size) => {
          const whole = Buffer.from(parts.join(''))
          async function* cut() {
            for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size)
          }
          const lines = (await rowsOf(linesOf(cut()))).map((line) => Buffer.from(line).toString())
          expect(lines).toEqual(
            whole
              .toString()
              .split('\n')
              .filter((line, index, all) => line !== '' || index < all.length - 1),
          )
        },
      ),
    )
  })
})

describe('CSV', () => {
  it('tells null from the empty text, keeps blanks and line breaks, takes any order of columns', async () => {
    const rows = await rowsOf(
      decodeCsv(
        bytes('\ufeffts,text,id\r\n2026-01-01,,1\r\n2026-01-01,"",2\n', '2026-01-01," a\n""b""",3'),
        plan,
        'refuse',
      ),
    )
    expect(rows.map(({ row, values }) => [row, values[0], values[2]])).toEqual([
      [1, '1', null],
      [2, '2', ''],
      [3, '3', ' a\n"b"'],
    ])
  })

  it('drops columns that nobody declared when it is told to', async () => {
    const [row] = await rowsOf(decodeCsv(bytes('id,ts,more,constructor\n1,2026-01-01,x,7\n'), plan, 'ignore'))
    expect(row).toMatchObject({ faults: [], values: ['1', '2026-01-01', undefined, '7'] })
  })
})

describe('JSON', () => {
  it('keeps every digit and takes names as they are', async () => {
    const [row] = await rowsOf(
      decodeJson(bytes('{"rows":[{"id":9007199254740993,"ts":"2026-01-01","__proto__":1}]}'), plan, 'ignore'),
    )
    // `constructor` is a column, and this row has none.
    expect(row).toMatchObject({ faults: [], values: [9007199254740993n, '2026-01-01', undefined, undefined] })
  })
})

describe('NDJSON', () => {
  it('counts rows without the blank lines', async () => {
    const rows = await rowsOf(decodeNdjson(bytes('{"id":1}\n\n \r\n{"id":', '2}'), plan, 'refuse'))
    expect(rows.map(({ row, values }) => [row, values[0]])).toEqual([
      [1, 1],
      [2, 2],
    ])
  })
})
