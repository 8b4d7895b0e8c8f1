import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { DomainError } from '@/lib/core/errors'
import { offlineStore } from '@/lib/offline'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { decodeCsv } from '../decode/csv'
import { decodeNdjson } from '../decode/ndjson'
import type { IngestMode } from '../faults'
import { stageOptions } from '../stage-options'
import { stageRows } from '../stage-rows'
import { refusedBatch, type StagedBatch, type UnfiledRows } from '../staged-batch'
import { stagingPath } from '../staging'
import { stageText, type TextOptions } from './stage-text'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = () => contextOf(['producer'], team, { now: () => now })

const features = [
  { name: 'n', type: 'int64', contract: { min: 0, max: 1e16 } },
  { name: 'small', type: 'int32' },
  { name: 'f', type: 'float64' },
  { name: 'f32', type: 'float32' },
  { name: 'dec', type: 'decimal(6,2)' },
  { name: 's', type: 'string', contract: { pattern: '^[^z]*$' } },
  { name: 'odd', type: 'string', contract: { pattern: '^\\p{L}' } },
  { name: 'color', type: 'string', contract: { allowed: ['red', 'green'] } },
  { name: 'u', type: 'int64', contract: { unique: true } },
  { name: 'rare', type: 'bool', contract: { max_null_share: 0.9 } },
  { name: 'day', type: 'date' },
  { name: 'raw', type: 'bytes' },
]

const of = (...values: (string | null)[]) => fc.constantFrom<(string | null)[]>(...values)

/** Texts of each column, `u` apart; those behind the bar are refused, or not read at first sight. */
const cells: Record<string, [plain: fc.Arbitrary<string | null>, other: fc.Arbitrary<string | null>]> = {
  customer_id: [fc.integer({ min: 0, max: 5 }).map(String), of(null, 'abc', '1.5', '1.0', '-0')],
  interaction_date: [
    of('2026-05-01', '2026-05-01T08:00:00Z', '2026-05-01T08:00:00.123456+02:00', '2026-05-02 08:00:00'),
    // One of the nearer future, one of the far one.
    of(null, 'yesterday', '2026-02-30', '2026-06-01T10:00:00Z', '2999-01-01', '2026-05-01T08:00:00.1234560Z'),
  ],
  n: [
    of('0', '9007199254740993', null),
    of('-1', '20000000000000000', '1e2', '5.0', '9223372036854775808', ''),
  ],
  small: [of('2147483647', '-2147483648', null), of('2147483648', 'x')],
  f: [of('0.5', '-0.0', '1e300', '0.1234567890123456', null), of('NaN', 'Infinity', '1e999', '+1')],
  f32: [of('0.5', '0.1', null), of('16777217', '1e39')],
  dec: [of('1.5', '-2', null), of('1.500', '1.234', '12345.00')],
  s: [of('a', 'é\t"b"', 'x,y', '', null), of('z', 'a\nb', 'a\\b')],
  odd: [of('É', 'ab', null), of('1')],
  color: [of('red', 'green', null), of('blue')],
  rare: [of('true', 'false'), of(null, 'TRUE', '1')],
  day: [of('2026-01-31', '1969-12-31', null), of('2026-02-30')],
  raw: [of('AP8=', '', null), of('@@')],
}
const names = [...Object.keys(cells), 'u']

interface Table {
  rows: (string | null)[][]
  /** Renders CSV or NDJSON unlike its neighbours: quoting, line ends, spaces, order, numbers as texts. */
  style: number
}

const table = (others: string[]): fc.Arbitrary<Table> =>
  fc.record({
    style: fc.nat(15),
    rows: fc
      .array(
        fc.tuple(
          ...Object.entries(cells).map(([name, [plain, other]]) =>
            others.includes(name)
              ? fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: other })
              : plain,
          ),
          fc.boolean(),
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((rows) =>
        rows.map((row, index) => [
          ...row.slice(0, -1).map(textOrNull),
          String(row.at(-1) ? index : 1000 - index),
        ]),
      ),
  })
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

const has = (style: number, bit: number) => (style & bit) !== 0

function csv({ rows, style }: Table): string {
  const end = has(style, 1) ? '\r\n' : '\n'
  const cell = (text: string | null) => {
    if (text === null) return ''
    return has(style, 2) || text === '' || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = [names, ...rows].map((row) => row.map(cell).join(',') + end)
  return (has(style, 4) ? '\ufeff' : '') + lines.join(has(style, 8) ? end : '')
}

const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?(e\d+)?$/

function ndjson({ rows, style }: Table): string {
  const gap = has(style, 1) ? ' ' : ''
  const value = (name: string, text: string | null) => {
    if (text === null) return 'null'
    if (name === 'rare' && /^(true|false|1)$/.test(text)) return text
    const isNumeric = ['customer_id', 'n', 'small', 'f', 'f32', 'dec', 'u'].includes(name)
    return isNumeric && isNumber.test(text) && !has(style, 2) ? text : JSON.stringify(text)
  }
  return rows
    .map((row) => {
      const members = names.map((name, i) => `"${name}":${gap}${value(name, row[i] ?? null)}`)
      if (has(style, 4)) members.reverse()
      return `{${members.join(`,${gap}`)}}${has(style, 8) ? '\r' : ''}\n`
    })
    .join('')
}

const formats = [
  ['csv', csv, decodeCsv],
  ['ndjson', ndjson, decodeNdjson],
] as const

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97)
}

/** Few rows as the file that they become after their commit. */
async function fileOf({ schema, lines }: UnfiledRows) {
  const path = await stagingPath('rows')
  await writeFile(path, lines)
  const { file } = await offlineStore().write({
    source: { kind: 'staged', path },
    schema,
    destination: await stagingPath('parquet'),
    mode: 'strict',
    unknown: 'refuse',
    latestMicros: null,
    maximumFaults: 1,
  })
  return file ? [file] : []
}

async function contentOf(options: TextOptions, batch: StagedBatch) {
  const { log, future, newest, due, unfiled } = batch
  const present = unfiled ? await fileOf(unfiled) : batch.present
  const rowsOf = async (files: StagedBatch['present']) => {
    const history = {
      schema: options.plan.schema,
      files: files.map(({ path }) => ({ path, commit: 'staged', createdMicros: 0n })),
    }
    const rows = await offlineStore().rows({ history, key: null, latest: false, limit: 100 })
    return [...rows].sort((a, b) => a.row - b.row)
  }
  const byKey = (rows: StagedBatch['newest']) =>
    [...(rows ?? [])].sort((a, b) => (a.entityKey < b.entityKey ? -1 : 1))
  return {
    present: await rowsOf(present),
    future: await rowsOf(future),
    newest: byKey(newest),
    due: byKey(due),
    counts: [log.badRows, log.wholeFaults],
    listed: log.listed,
    quarantined: log.quarantined,
  }
}

/** What was staged, or why not. */
async function outcome(options: TextOptions, stage: () => Promise<StagedBatch>) {
  try {
    const batch = await stage()
    const isRefused = batch.log.wholeFaults > 0 || (options.mode === 'strict' && batch.log.badRows > 0)
    return await contentOf(options, isRefused ? refusedBatch(batch.log) : batch)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { code: error.code, message: error.message, details: error.details }
  }
}

describe('a long text body', () => {
  it.each(['strict', 'quarantine'] satisfies IngestMode[])(
    'is staged as the decoder would stage it (%s)',
    async (mode) => {
      const ctx = producer()
      const { name } = await registerFeatureGroup(ctx, groupBody({ features }))
      const version = await resolveVersion(ctx, { group: name })
      const base = { ...stageOptions(ctx, version, mode), unknown: 'refuse' as const }
      let converted = 0
      let decoded = 0
      const plain = fc.constant<string[]>([])
      const odd = fc.subarray(Object.keys(cells), { minLength: 1, maxLength: 3 })
      for (const others of [plain, odd]) {
        await fc.assert(
          fc.asyncProperty(others.chain(table), async (one) => {
            // The newest of each key are read from one file: a batch of several has too many for one transaction.
            const isDivided = has(one.style, 8) && has(one.style, 4)
            const options = { ...base, bulkBytes: 0, ...(isDivided ? { bulkRowsAFile: 5 } : {}) }
            for (const [format, textOf, decode] of formats) {
              const body = textOf(one)
              let isDecoded = false
              const bulk = await outcome(options, () =>
                stageText(
                  options,
                  format,
                  (...input) => {
                    isDecoded = true
                    return decode(...input)
                  },
                  pieces(body),
                ),
              )
              isDecoded ? decoded++ : converted++
              const expected = await outcome(base, () =>
                stageRows(base, decode(pieces(body), base.plan, 'refuse')),
              )
              const ignored = isDivided && !isDecoded ? { newest: null } : {}
              expect({ ...bulk, ...ignored }, body).toEqual({ ...expected, ...ignored })
            }
          }),
          { numRuns: 8, endOnFailure: true },
        )
      }
      // Both ways were gone.
      expect(converted).toBeGreaterThan(0)
      expect(decoded).toBeGreaterThan(0)
    },
    300_000,
  )
})
