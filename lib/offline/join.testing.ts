import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import { type CanonicalValue, toEngineText } from '@/lib/core/feature-type'
import { stagingPath } from './duckdb/select-source'
import { offlineStore, stagedRow } from './index'
import type { Column, History, HistorySchema, WrittenFile } from './port'

/** One row of a history as the oracle sees it. */
export interface OracleRow {
  key: CanonicalValue[]
  micros: bigint
  deleted: boolean
  features: CanonicalValue[]
}

export interface OracleGroup {
  schema: HistorySchema
  /** Rows by commit, in the order of ingestion. */
  commits: { createdMicros: bigint; rows: OracleRow[] }[]
  ttlSeconds: number | null
  sourceDelaySeconds: number
}

export interface OracleSpineRow {
  micros: bigint
  key: CanonicalValue[]
}

/** The values of one group for one spine row, by a loop over every row: semantics 17–21 word by word. */
export function oracleValues(
  group: OracleGroup,
  row: OracleSpineRow,
  knownAt: bigint | 'event' | null,
): CanonicalValue[] {
  const none = group.schema.features.map(() => null)
  if (row.key.some((part) => part === null)) return none
  const latest = row.micros - BigInt(group.sourceDelaySeconds) * 1_000_000n
  let winner: OracleRow | null = null
  for (const { createdMicros, rows } of group.commits) {
    if (knownAt === 'event' ? createdMicros > row.micros : knownAt !== null && createdMicros > knownAt)
      continue
    for (const candidate of rows) {
      if (candidate.micros > latest || !candidate.key.every((part, i) => part === row.key[i])) continue
      if (winner === null || wins(candidate, winner)) winner = candidate
    }
  }
  if (winner === null || winner.deleted) return none
  const expired =
    group.ttlSeconds !== null && winner.micros < row.micros - BigInt(group.ttlSeconds) * 1_000_000n
  return expired ? none : winner.features
}

/** Commits and rows come in ascending order, so a later candidate wins a tie, except against a tombstone. */
function wins(candidate: OracleRow, winner: OracleRow): boolean {
  if (candidate.micros !== winner.micros) return candidate.micros > winner.micros
  return candidate.deleted || !winner.deleted
}

export async function writeRows(schema: HistorySchema, rows: OracleRow[]): Promise<WrittenFile | null> {
  const path = await stagingPath('csv')
  const lines = rows.map((row, index) => stagedLine(schema, row, index + 1))
  await pipeline(Readable.from(lines), createWriteStream(path))
  const result = await offlineStore().write({
    source: { kind: 'staged', path },
    schema: { ...schema, inputs: [] },
    destination: await stagingPath('parquet'),
    mode: 'strict',
    unknown: 'refuse',
    latestMicros: null,
    maximumFaults: 10,
  })
  return result.file
}

function stagedLine(schema: HistorySchema, row: OracleRow, number: number): string {
  const text = (columns: Column[], values: CanonicalValue[]) =>
    columns.map(({ type }, i) => toEngineText(type, values[i] ?? null))
  return stagedRow([
    ...text(schema.keys, row.key),
    toEngineText({ kind: 'timestamp' }, row.micros),
    ...text(schema.features, row.features),
    String(number),
    row.deleted ? 'delete' : 'upsert',
  ])
}

export async function historyOf(group: OracleGroup): Promise<History> {
  const files = []
  for (const [index, { createdMicros, rows }] of group.commits.entries()) {
    const file = await writeRows(group.schema, rows)
    if (file) files.push({ path: file.path, commit: `commit${index}`, createdMicros })
  }
  return { schema: group.schema, files }
}

/** Few instants and few keys, so that ties, edges of the ttl and late rows happen in every history. */
const instant = fc
  .integer({ min: 0, max: 12 })
  .map((second) => 1_700_000_000_000_000n + BigInt(second) * 1_000_000n)
const keyPart = (column: Column): fc.Arbitrary<CanonicalValue> =>
  column.type.kind === 'int64' ? fc.constantFrom(1n, 11n, 9007199254740993n) : fc.constantFrom('12', '2', '')

const keys: Column[][] = [
  [],
  [{ name: 'id', type: { kind: 'int64' } }],
  [
    { name: 'id', type: { kind: 'int64' } },
    { name: 'place', type: { kind: 'string' } },
  ],
]
const features: Column[] = [
  { name: 'place_order', type: { kind: 'int64' } },
  { name: 'deleted', type: { kind: 'float32' } },
  { name: 'fault0', type: { kind: 'string' } },
]

function rowOf(schema: HistorySchema): fc.Arbitrary<OracleRow> {
  return fc
    .record({
      key: fc.tuple(...schema.keys.map(keyPart)),
      micros: instant,
      deleted: fc.boolean().map((deleted) => deleted),
      features: fc.tuple(
        fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
        fc.option(fc.float()),
        fc.option(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))),
      ),
    })
    .map((row) => (row.deleted ? { ...row, features: [null, null, null] } : row))
}

export const arbitraryGroup: fc.Arbitrary<OracleGroup> = fc.constantFrom(...keys).chain((keyColumns) => {
  const schema: HistorySchema = { keys: keyColumns, eventTime: 'at', features }
  return fc.record({
    schema: fc.constant(schema),
    commits: fc
      .array(fc.array(rowOf(schema), { maxLength: 12 }), { maxLength: 4 })
      .map((all) =>
        all.map((rows, i) => ({ createdMicros: 1_700_000_002_000_000n + BigInt(i) * 3_000_000n, rows })),
      ),
    ttlSeconds: fc.option(fc.integer({ min: 0, max: 6 })),
    sourceDelaySeconds: fc.constantFrom(0, 0, 1, 4),
  })
})

export const arbitrarySpine: fc.Arbitrary<{ micros: bigint; id: bigint | null; place: string | null }[]> =
  fc.array(
    fc.record({
      micros: instant,
      id: fc.option(fc.constantFrom(1n, 11n, 9007199254740993n), { freq: 6 }),
      place: fc.option(fc.constantFrom('12', '2', ''), { freq: 6 }),
    }),
    { maxLength: 15 },
  )

export const arbitraryKnownAt: fc.Arbitrary<bigint | 'event' | null> = fc.oneof(
  fc.constant(null),
  fc.constant('event' as const),
  instant,
)
