import type { Context } from '@/lib/core/context'
import { formatTimestamp } from '@/lib/core/feature-type'
import { type Column, type History, identifier, queryRows } from '@/lib/offline'
import { filesRelation } from '../relation'
import type { Certificate, DatasetPart, PartEvidence } from '../types'
import { checkedTable, countsQuery, culpritsQuery, type EvidenceInput } from './evidence-query'

export interface CertifyInput {
  /** The dataset's files, in order. */
  paths: readonly string[]
  columns: readonly Column[]
  timestampColumn: string
  parts: readonly DatasetPart[]
  /** By joined part. */
  histories: readonly History[]
  knownAtMicros: bigint
  leftOut: number
}

const mostExamples = 20
const mostListed = 1000

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value)
const secondsOf = (micros: unknown): number | null =>
  micros === null || micros === undefined ? null : Number(micros) / 1_000_000

interface Culprit {
  row: number
  column: string
  value: string
  event_time: string | null
}

/** Rows of all columns whose value is not the legitimate one; a later row that has it makes it a leak. */
async function culprits(input: EvidenceInput, signal: AbortSignal): Promise<Culprit[]> {
  const found: Culprit[] = []
  for (const [index, { column }] of input.part.columns.entries()) {
    const query = `SELECT * FROM (${culpritsQuery(input, index)}) LIMIT ${mostListed}`
    for (const [row, value, time] of await queryRows(query, [checkedTable(input)], signal)) {
      const micros = numberOrNull(time)
      found.push({
        row: Number(row),
        column,
        value: value === null ? 'null' : String(value).slice(0, 200),
        event_time: micros === null ? null : formatTimestamp(BigInt(micros)),
      })
    }
  }
  return found.sort((a, b) => a.row - b.row)
}

async function evidenceOf(input: EvidenceInput, signal: AbortSignal): Promise<PartEvidence> {
  const { part } = input
  const [counts = []] = await queryRows(countsQuery, [checkedTable(input)], signal)
  const [, found, absent, expired, deleted, differing] = counts.map(Number)
  const listed = (differing ?? 0) > 0 ? await culprits(input, signal) : []
  const newer = new Set(listed.filter((one) => one.event_time !== null).map(({ row }) => row))
  return {
    alias: part.alias,
    group: part.group,
    version: part.version,
    role: part.role === 'label' ? 'label' : 'feature',
    computed: part.computed,
    columns: part.columns.map(({ column }) => column),
    source_delay_seconds: part.source_delay_seconds,
    ttl_seconds: part.ttl_seconds,
    with_row: found ?? 0,
    without_row: absent ?? 0,
    expired: expired ?? 0,
    deleted: deleted ?? 0,
    differing: differing ?? 0,
    newer: newer.size,
    closest_seconds: secondsOf(counts[6]),
    farthest_seconds: secondsOf(counts[7]),
    examples: listed.slice(0, mostExamples),
  }
}

/**
 * Asks the history, for each row of the files and each group, which row was the newest that could be known then, and
 * whether the file holds its values. Nothing of the join is used. Errors: those of reading the files (EngineError).
 */
export async function certify(ctx: Context, input: CertifyInput): Promise<Certificate> {
  const { paths, columns, timestampColumn, knownAtMicros, leftOut } = input
  const joined = input.parts.filter(({ role }) => role !== 'spine')
  const parts: PartEvidence[] = []
  for (const [index, part] of joined.entries()) {
    const history = input.histories[index]
    if (!history) throw new TypeError(`Part ${part.alias} has no history`)
    const one = { paths, columns, timestampColumn, part, history, knownAtMicros }
    parts.push(await evidenceOf(one, ctx.signal))
  }
  const horizon = joined.find(({ role }) => role === 'label')?.horizon_seconds ?? null
  const latest = horizon === null ? null : knownAtMicros - BigInt(horizon) * 1_000_000n
  const time = `epoch_us(${identifier(timestampColumn)})`
  const immature = latest === null ? '0' : `count(*) FILTER (${time} > ${latest})`
  const [counts = []] = await queryRows(
    `SELECT count(*), min(${time}), max(${time}), ${immature} FROM (${filesRelation(paths, columns)})`,
    [],
    ctx.signal,
  )
  const instant = (micros: unknown) =>
    micros === null || micros === undefined ? null : formatTimestamp(BigInt(String(micros)))
  const tooYoung = Number(counts[3])
  return {
    format: 1,
    checked_at: ctx.now().toISOString(),
    known_at: formatTimestamp(knownAtMicros),
    rows: Number(counts[0]),
    holds: tooYoung === 0 && parts.every(({ differing }) => differing === 0),
    first_row: instant(counts[1]),
    last_row: instant(counts[2]),
    horizon_seconds: horizon,
    left_out: leftOut,
    immature: tooYoung,
    parts,
  }
}
