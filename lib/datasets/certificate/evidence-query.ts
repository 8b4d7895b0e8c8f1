import { type Column, commitExtras, type History, identifier, knownAt, scanHistory } from '@/lib/offline'
import { cast, numberedRelation } from '../relation'
import type { DatasetPart } from '../types'

export interface EvidenceInput {
  paths: readonly string[]
  /** All columns of the dataset. */
  columns: readonly Column[]
  timestampColumn: string
  part: DatasetPart
  history: History
  knownAtMicros: bigint
}

const second = 1_000_000n

/** Columns of the history by feature name, typed as the dataset holds them. */
function typeOf(columns: readonly Column[], name: string): Column['type'] {
  const found = columns.find((column) => column.name === name)
  if (!found) throw new TypeError(`The dataset has no column ${name}`)
  return found.type
}

/** One number for the values of a row: equal values give equal numbers in both relations. */
const digest = (values: string[]): string => `hash(${values.join(', ')})`

interface Sides {
  /** Rows of the dataset: __almanac_row, micros, k0 …, v (digest of its values). */
  dataset: string
  /** Rows of the history: micros (moved by the delay), k0 …, gone, made, place, v. */
  history: string
  keys: string[]
  /** The digest of a row of nulls. */
  nothing: string
}

function sidesOf({ paths, columns, timestampColumn, part, history, knownAtMicros }: EvidenceInput): Sides {
  const pairs = Object.entries(part.keys)
  const keys = pairs.map((_, index) => `k${index}`)
  const taken = part.columns.map(({ feature, column }) => ({
    feature,
    column,
    type: typeOf(columns, column),
  }))
  const known = knownAt(history, knownAtMicros)
  const delay = BigInt(part.source_delay_seconds) * second
  const scan = scanHistory({
    history: known,
    columns: [
      ...known.schema.keys,
      ...known.schema.features.filter(({ name }) => taken.some((one) => one.feature === name)),
    ],
    extras: {
      ...commitExtras(known),
      __at: `epoch_us(${identifier(known.schema.eventTime)}) + ${delay}`,
      __row: '_row',
      __deleted: "_op = 'delete'",
    },
  })
  const ofHistory = taken.map(({ feature, type }) => cast(identifier(feature), type))
  const ofDataset = taken.map(({ column, type }) => cast(identifier(column), type))
  return {
    keys,
    nothing: digest(taken.map(({ type }) => cast('NULL', type))),
    history:
      `SELECT ${[...pairs.map(([key], index) => `${identifier(key)} AS k${index}`), '__at AS micros', '__deleted AS gone', '_created AS made', '__row AS place'].join(', ')}, ` +
      `${digest(ofHistory)} AS v FROM (${scan})`,
    dataset:
      `SELECT ${['__almanac_row', ...pairs.map(([, column], index) => `${identifier(column)} AS k${index}`)].join(', ')}, ` +
      `epoch_us(${identifier(timestampColumn)}) AS micros, ${digest(ofDataset)} AS v FROM (${numberedRelation(paths, columns)})`,
  }
}

const winner = "{'micros': micros, 'gone': gone, 'v': v}"

/**
 * Fills `checked`: for each row of the dataset what its history says should stand there. Asked in another way than
 * the join does, by one pass over both in the order of time, and from the files as they are: nothing that the join
 * found out is used.
 */
export function checkedTable(input: EvidenceInput): string {
  const { keys, history, dataset, nothing } = sidesOf(input)
  const ttl = input.part.ttl_seconds === null ? null : BigInt(input.part.ttl_seconds) * second
  const none = keys.map((key) => `, ${key}`).join('')
  const union =
    `SELECT NULL::BIGINT AS n${none}, micros, 0 AS kind, gone, made, place, v FROM (${history}) UNION ALL ` +
    `SELECT __almanac_row${none}, micros, 1, NULL, NULL, NULL, v FROM (${dataset})`
  const partition = keys.length === 0 ? '' : `PARTITION BY ${keys.join(', ')} `
  const latest =
    `last_value(CASE WHEN kind = 0 THEN ${winner} END IGNORE NULLS) OVER (${partition}` +
    'ORDER BY micros, kind, gone, made, place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)'
  const delay = BigInt(input.part.source_delay_seconds) * second
  // The time-to-live counts from the event itself, not from when its source told of it.
  const isExpired = ttl === null ? 'FALSE' : `w.micros - ${delay} < micros - ${ttl}`
  const state = `CASE WHEN w IS NULL THEN 'absent' WHEN ${isExpired} THEN 'expired' WHEN w.gone THEN 'deleted' ELSE 'found' END`
  return (
    `CREATE TEMP TABLE checked AS SELECT *, v IS DISTINCT FROM CASE WHEN state = 'found' THEN w.v ELSE ${nothing} END AS differs ` +
    `FROM (SELECT n${none}, micros, v, w, ${state} AS state FROM (SELECT *, ${latest} AS w FROM (${union})) WHERE kind = 1)`
  )
}

/** Counts over `checked`. */
export const countsQuery =
  "SELECT count(*), count(*) FILTER (state = 'found'), count(*) FILTER (state = 'absent'), " +
  "count(*) FILTER (state = 'expired'), count(*) FILTER (state = 'deleted'), count(*) FILTER (differs), " +
  "min(micros - w.micros) FILTER (state = 'found'), max(micros - w.micros) FILTER (state = 'found') FROM checked"

/**
 * For one column, the rows of `checked` that differ and hold a value which the legitimate row does not have: number,
 * value as text, and the event time (µs) of the earliest later row of that key with this very value, if there is one.
 */
export function culpritsQuery(input: EvidenceInput, index: number): string {
  const { part, columns, paths, history, knownAtMicros } = input
  const taken = part.columns[index]
  if (!taken) throw new TypeError(`The part has no column ${index}`)
  const type = typeOf(columns, taken.column)
  const known = knownAt(history, knownAtMicros)
  const pairs = Object.entries(part.keys)
  const delay = BigInt(part.source_delay_seconds) * second
  const feature = known.schema.features.filter(({ name }) => name === taken.feature)
  const time = identifier(known.schema.eventTime)
  const scan = scanHistory({
    history: known,
    columns: [...known.schema.keys, ...feature],
    extras: { __time: `epoch_us(${time})` },
    where: ["_op <> 'delete'"],
  })
  const value = cast(`d.${identifier(taken.column)}`, type)
  const held = cast(`h.${identifier(taken.feature)}`, type)
  const sameKey = pairs.map(([key], position) => `h.${identifier(key)} = c.k${position}`)
  const of = (condition: string) =>
    [...sameKey, `${held} IS NOT DISTINCT FROM ${value}`, condition].join(' AND ')
  const from = `(${scan}) h WHERE `
  const rightful = `EXISTS (SELECT 1 FROM ${from}${of(`c.state = 'found' AND h.__time + ${delay} = c.w.micros`)})`
  const lawfulNull = `${value} IS NULL AND c.state <> 'found'`
  return (
    `SELECT c.n, CAST(d.${identifier(taken.column)} AS VARCHAR), (SELECT min(h.__time) FROM ${from}${of(`h.__time + ${delay} > c.micros`)}) ` +
    `FROM checked c JOIN (${numberedRelation(paths, columns)}) d ON d.__almanac_row = c.n ` +
    `WHERE c.differs AND NOT (${lawfulNull}) AND NOT ${rightful} ORDER BY c.n`
  )
}
