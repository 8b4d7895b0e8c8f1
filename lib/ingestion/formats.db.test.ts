import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { DomainError } from '@/lib/core/errors'
import { historyOf, offlineStore } from '@/lib/offline'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { bytesOf, ingest } from './testing'
import { type CellKind, inEveryFormat, type TestCell, type TestTable } from './testing/tables'

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
  { name: 'n', type: 'int64', contract: { min: 0, max: 100.5 } },
  { name: 'small', type: 'int32' },
  { name: 'f', type: 'float64', contract: { min: -1 } },
  { name: 'f32', type: 'float32' },
  { name: 'dec', type: 'decimal(6,2)', contract: { max: 99.5 } },
  { name: 's', type: 'string', contract: { pattern: '^[a-c]+$' } },
  { name: 'odd', type: 'string', contract: { pattern: '^\\p{Lu}' } },
  { name: 'color', type: 'string', contract: { allowed: ['red', 'green', ''], nullable: false } },
  { name: 'u', type: 'int64', contract: { unique: true } },
  { name: 'rare', type: 'bool', contract: { max_null_share: 0.6 } },
  { name: 'day', type: 'date' },
  { name: 'raw', type: 'bytes' },
  { name: 'ids', type: 'array<int64>' },
  { name: 'doc', type: 'json' },
]

type Cells = [good: fc.Arbitrary<TestCell>, bad: fc.Arbitrary<TestCell>]
const of = (...values: TestCell[]) => fc.constantFrom<TestCell[]>(...values)
const nothing = fc.constant<TestCell>(null)

/** What stands in a column: values that are taken, and values that are not. */
const cells: Record<string, [kind: CellKind, ...Cells]> = {
  customer_id: ['int', fc.integer({ min: 0, max: 5 }).map(BigInt), of(null, 'abc', '1.5')],
  interaction_date: [
    'text',
    of('2026-05-01', '2026-05-01T08:00:00Z', '2026-05-01T08:00:00.123456+02:00', '2026-05-02 08:00:00'),
    of(null, 'yesterday', '2026-02-30', '2999-01-01', '2026-05-01T08:00:00.1234567Z'),
  ],
  n: ['int', of(0n, 7n, 100n, '1e2', null), of(-1n, 101n, 'x', '1.5', '9223372036854775808')],
  small: ['int', of(2147483647n, -2147483648n, null), of(2147483648n, 'x')],
  f: ['float', of(0.5, -0, 1e300, Number.POSITIVE_INFINITY, null), of(-1.5, Number.NaN, 'x')],
  f32: ['float', of(0.5, -2, 16_777_216, null), of(1e300, 16_777_217, 'x')],
  dec: ['text', of('1.5', '-2', '99.5', '150e-2', null), of('1e-5', '99.51', '1.234', '12345.00', 'x')],
  s: ['text', of('a', 'abc', null), of('', 'abcd', 'A')],
  odd: ['text', of('É', 'Ab', null), of('é', '')],
  color: ['label', of('red', 'green', ''), of(null, 'blue')],
  u: ['int', fc.oneof(fc.bigInt({ min: 0n, max: 10_000n }), nothing), of(1n, 2n)],
  rare: ['bool', of(true, false), nothing],
  day: ['date', of('2026-01-31', '1969-12-31', null), nothing],
  raw: ['bytes', of(new Uint8Array([0, 255]), new Uint8Array(), null), of('@@')],
  ids: ['list', of([1n, 2n], [], null), of('[1,"x"]', '{}')],
  doc: ['text', of('{"a":[1,null]}', '"text"', '7', null), nothing],
}

/** Documents whose numbers are long, and some that say a member twice: a row that does is at fault for it first. */
const documents: typeof cells = {
  ...cells,
  doc: [
    'text',
    of('{"a":0.12345678901234567890123}', '[9007199254740993,1e400]', '{"a":"NaN,]"}', '[{"a":1},{"a":2}]'),
    of('{"a":1,"a":2}', '[{"b":{"c":1,"c":2}}]'),
  ],
}
const columns = Object.entries(cells).map(([name, [kind]]) => ({ name, kind }))

/** Columns whose bad values are sent; in the others all are good. */
const table = (badColumns: string[], from = cells): fc.Arbitrary<TestTable> =>
  fc
    .array(
      fc.tuple(
        ...Object.entries(from).map(([name, [, good, bad]]) =>
          badColumns.includes(name)
            ? fc.oneof({ weight: 3, arbitrary: good }, { weight: 1, arbitrary: bad })
            : good,
        ),
      ),
      { minLength: 1, maxLength: 25 },
    )
    .map((rows) => ({ columns, rows }))

const tables = fc.subarray(Object.keys(cells)).chain((badColumns) => table(badColumns))

/** A json document is its own value in JSON and a text elsewhere. */
const asJsonValue = (body: string) =>
  body.replace(/"doc":"((?:[^"\\]|\\.)*)"/g, (_, text) => `"doc":${JSON.parse(`"${text}"`)}`)

/** What a group has after one body, or why not. */
async function outcome(group: string, contentType: string, bytes: Uint8Array, mode: 'strict' | 'quarantine') {
  const ctx = producer()
  const body = contentType.includes('json') ? asJsonValue(new TextDecoder().decode(bytes)) : bytes
  const shortOf = (faults: { row?: number; column?: string; rule?: string }[]) =>
    faults.map(({ row = 0, column, rule }) => `${row} ${column} ${rule}`)
  try {
    const { commit, accepted, quarantined, superseded, errors } = await ingest(ctx, group, '', {
      contentType,
      bytes: bytesOf(body),
      mode,
    })
    const all = await historyOf(await resolveVersion(ctx, { group }))
    const history = { ...all, files: all.files.filter((file) => file.commit === commit) }
    const rows = await offlineStore().rows({ history, key: null, latest: false, limit: 1000 })
    const content = rows.map(({ row, keys, eventTime, features: values }) => [
      row,
      ...keys,
      eventTime,
      ...values,
    ])
    return { counts: { accepted, quarantined, superseded }, faults: shortOf(errors), content: content.sort() }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { errors = [], extensions } = error.details
    return { code: error.code, faults: shortOf(errors), counts: extensions }
  }
}

const groups = new Map<string, string>()

async function groupOf(contentType: string): Promise<string> {
  const name =
    groups.get(contentType) ?? (await registerFeatureGroup(producer(), groupBody({ features }))).name
  groups.set(contentType, name)
  return name
}

async function expectSame(one: TestTable, mode: 'strict' | 'quarantine', seen: Set<string>): Promise<void> {
  const outcomes: [string, unknown][] = []
  for (const [contentType, bytes] of await inEveryFormat(one)) {
    const result = await outcome(await groupOf(contentType), contentType, bytes, mode)
    for (const fault of result.faults) seen.add(fault.split(' ').slice(1).join(' '))
    outcomes.push([contentType, result])
  }
  const [, first] = outcomes[0] ?? []
  for (const [contentType, result] of outcomes) expect(result, contentType).toEqual(first)
}

describe('the same table in every format', () => {
  it.each(['strict', 'quarantine'] as const)(
    'brings the same rows, or the same faults (%s)',
    async (mode) => {
      const seen = new Set<string>()
      await fc.assert(
        fc.asyncProperty(tables, (one) => expectSame(one, mode, seen)),
        { numRuns: 15 },
      )
      // Tables of good rows alone would prove little.
      expect(seen.size).toBeGreaterThan(12)
    },
    300_000,
  )

  it('brings the same documents', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(table(['doc'], documents), (one) => expectSame(one, 'quarantine', seen)),
      { numRuns: 5 },
    )
    // By chance a value of the unique column comes twice, too.
    expect(seen).toContain('doc duplicate_member')
  }, 300_000)
})
