import { createWriteStream } from 'node:fs'
import { buffer, text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Data, tableFromIPC, Vector } from 'apache-arrow'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CanonicalValue,
  convertJson,
  convertText,
  elementType,
  encodeEntityKey,
  type FeatureType,
  parseFeatureType,
  toFragment,
} from '@/lib/core/feature-type'
import { arbitraryValue } from '@/lib/core/feature-type/arbitrary.testing'
import { parseJson } from '@/lib/core/json'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { stagingPath } from './duckdb/select-source'
import { openSource } from './duckdb/source'
import { type EngineProcess, startEngine } from './engine-supervisor'
import { offlineStore } from './index'
import { type OracleRow, writeRows } from './join.testing'
import type { Column, FileFormat, HistorySchema, RangeRequest, WriteRequest } from './port'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const typeNames = [
  'bool',
  'int32',
  'int64',
  'float32',
  'float64',
  'decimal(10,2)',
  'decimal(38,0)',
  'string',
  'bytes',
  'date',
  'timestamp',
  'json',
  'array<int64>',
  'array<float32>',
  'array<string>',
  'array<bytes>',
  'array<timestamp>',
  'array<array<float64>>',
  'embedding<3, l2>',
]
const features: Column[] = typeNames.map((name, i) => {
  const type = parseFeatureType(name)
  if (!type) throw new Error(name)
  return { name: `f${i}`, type }
})
const schema: HistorySchema = { keys: [{ name: 'id', type: { kind: 'int64' } }], eventTime: 'at', features }
const time = 1_700_000_000_000_000n

const rows = fc.array(fc.tuple(...features.map(({ type }) => arbitraryValue(type))), {
  minLength: 1,
  maxLength: 20,
})
const oracleRows = (values: CanonicalValue[][]): OracleRow[] =>
  values.map((one, i) => ({ key: [BigInt(i)], micros: time + BigInt(i), deleted: false, features: one }))

const range = (path: string): RangeRequest => ({
  history: { schema, files: [{ path, commit: 'c', createdMicros: time }] },
  features: features.map(({ name }) => name),
  startMicros: null,
  endMicros: null,
  latest: false,
  knownAtMicros: null,
  systemColumns: false,
  limit: null,
})

async function written(values: CanonicalValue[][]): Promise<string> {
  const file = await writeRows(schema, oracleRows(values))
  if (!file) throw new Error('nothing was written')
  return file.path
}

const fragments = (values: CanonicalValue[]) =>
  features.map(({ type }, i) => toFragment(type, values[i] ?? null))
const rewrite = (path: string, format: FileFormat, destination: string): WriteRequest => ({
  source: { kind: 'file', path, format },
  schema: { ...schema, inputs: [] },
  destination,
  mode: 'strict',
  unknown: 'refuse',
  latestMicros: null,
  maximumFaults: 10,
})

/** One value of a column as the library laid it out; its own `get` makes a time a fraction of milliseconds. */
function canonicalOfArrow(type: FeatureType, data: Data, row: number): CanonicalValue {
  if (!data.getValid(row)) return null
  switch (type.kind) {
    case 'decimal':
      return decimalText(data.values.subarray(row * 4, row * 4 + 4), type.scale)
    case 'bytes':
      return Buffer.from(new Vector([data]).get(row)).toString('base64')
    case 'date':
      return new Date(data.values[row] * 86_400_000).toISOString().slice(0, 10)
    case 'timestamp':
      return data.values[row]
    case 'array':
    case 'embedding': {
      const [from = 0, to = 0] = data.valueOffsets.subarray(row, row + 2)
      const [items] = data.children
      if (!items) throw new Error('a list without items')
      return Array.from({ length: to - from }, (_, i) => canonicalOfArrow(elementType(type), items, from + i))
    }
    default:
      return new Vector([data]).get(row)
  }
}

/** 128 bits in words of 32, the lowest first. */
function decimalText(value: Uint32Array, scale: number): string {
  const words = [...value].map(BigInt)
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | word, 0n)
  const scaled = BigInt.asIntN(128, unsigned)
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  return scaled < 0n ? `-${text}` : text
}

describe('every type survives', () => {
  it('as fragments for the online store', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const path = await written(values)
        const seen = []
        for await (const batch of offlineStore().latestPerKey(path, schema)) seen.push(...batch)
        seen.sort((a, b) => (a.eventTime < b.eventTime ? -1 : 1))
        expect(seen.map((row) => [row.entityKey, row.values])).toEqual(
          values.map((one, i) => [
            encodeEntityKey([{ kind: 'int64' }], [BigInt(i)]),
            fragments(one).join('\x1f'),
          ]),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('in NDJSON and JSON, exactly as the codec writes it', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const answer = offlineStore().range(range(await written(values)))
        const lines = (await text(await answer.open('ndjson'))).split('\n').slice(0, -1)
        const members = (one: CanonicalValue[]) => fragments(one).map((fragment, i) => `"f${i}":${fragment}`)
        const expected = values.map((one) => members(one).join(','))
        expect(lines.map((line) => line.replace(/^.*?"f0":/, '"f0":').slice(0, -1))).toEqual(expected)
        const whole = await text(await answer.open('json'))
        expect(whole.slice(whole.indexOf('"rows":') + 7)).toBe(`[${lines.join(',')}]}`)
        expect(parseJson(whole)).toHaveProperty(['columns', 0], { name: 'id', type: 'int64' })
      }),
      { numRuns: 40 },
    )
  })

  it('in Arrow, batch after batch', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const answer = offlineStore().range(range(await written(values)))
        const table = tableFromIPC(await buffer(await answer.open('arrow')))
        const [batch] = table.batches
        const read = values.map((_, row) =>
          features.map(({ type }, i) => {
            const column = batch?.data.children[i + 2]
            return column && toFragment(type, canonicalOfArrow(type, column, row))
          }),
        )
        expect(read).toEqual(values.map(fragments))
      }),
      { numRuns: 40 },
    )
    const many = Array.from({ length: 40_000 }, (_, i) =>
      features.map(({ type }): CanonicalValue => {
        if (i % 3 === 0) return null
        if (type.kind === 'int64') return BigInt(i)
        return type.kind === 'string' ? `${'x'.repeat(i % 40)}${i}` : null
      }),
    )
    const answer = offlineStore().range(range(await written(many)))
    const table = tableFromIPC(await buffer(await answer.open('arrow')))
    expect(table.batches.length).toBeGreaterThan(1)
    expect([...(table.getChild('f2') ?? [])]).toEqual(many.map((row) => row[2]))
    expect([...(table.getChild('f7') ?? [])]).toEqual(many.map((row) => row[7]))
    const empty = offlineStore().range({ ...range(''), history: { schema, files: [] } })
    const columns = tableFromIPC(await buffer(await empty.open('arrow'))).schema.fields
    expect(columns.map(({ name, type }) => `${name} ${type}`).slice(0, 3)).toEqual([
      'id Int64',
      'at Timestamp<MICROSECOND, UTC>',
      'f0 Bool',
    ])
  })

  it('in CSV, where null and the empty text differ', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const answer = await offlineStore()
          .range(range(await written(values)))
          .open('csv')
        const cells: (string | null)[][] = parse(await text(answer), {
          fromLine: 2,
          cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
        })
        const read = cells.map((row) =>
          features.map(({ type }, i) => {
            const result = convertText(type, row[i + 2] ?? null)
            return result.ok ? toFragment(type, result.value) : result.reason
          }),
        )
        expect(read).toEqual(values.map(fragments))
      }),
      { numRuns: 40 },
    )
  })

  it.each(['parquet', 'csv', 'ndjson'] as const)(
    'from a %s file that the product itself gave',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(rows, async (values) => {
          const answer = await offlineStore()
            .range(range(await written(values)))
            .open(format)
          const given = await stagingPath(format)
          await pipeline(answer, createWriteStream(given))
          const result = await offlineStore().write(rewrite(given, format, await stagingPath('parquet')))
          expect(result.faults).toEqual([])
          const again = await text(
            await offlineStore()
              .range(range(result.file?.path ?? ''))
              .open('ndjson'),
          )
          const read = again
            .split('\n')
            .slice(0, -1)
            .map((line) => {
              const row = parseJson(line) as Record<string, unknown>
              return features.map(({ name, type }) => {
                const value = convertJson(type, row[name])
                return value.ok ? toFragment(type, value.value) : value.reason
              })
            })
          expect(read).toEqual(values.map(fragments))
        }),
        { numRuns: 25 },
      )
    },
  )

  it('says UTC of the times in lists of a Parquet file', async () => {
    const path = await written([features.map(({ type }) => (type.kind === 'array' ? [] : null))])
    const copy = await stagingPath('parquet')
    await pipeline(await offlineStore().range(range(path)).open('parquet'), createWriteStream(copy))
    const { columns } = await openSource(copy, 'parquet')
    const typeNameOf = (name: string) => columns.find((column) => column.name === name)?.typeName
    expect(typeNameOf('at')).toBe('TIMESTAMP WITH TIME ZONE')
    expect(typeNameOf(`f${typeNames.indexOf('array<timestamp>')}`)).toBe('TIMESTAMP WITH TIME ZONE[]')
  })

  it('with int64 as text for clients that round', async () => {
    const path = await written([
      features.map(({ type }) => {
        if (type.kind === 'array' && type.element.kind === 'int64') return [-9007199254740993n, null]
        return type.kind === 'int64' ? 9007199254740993n : null
      }),
    ])
    const answer = await offlineStore().range(range(path)).open('ndjson', { int64AsString: true })
    const line = await text(answer)
    expect(line).toContain('"f2":"9007199254740993"')
    expect(line).toContain('"f12":["-9007199254740993",null]')
  })
})
