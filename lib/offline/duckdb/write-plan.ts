import { invalid } from '@/lib/core/errors'
import { engineType, type FeatureType, longestKeyBytes } from '@/lib/core/feature-type'
import type { Column, WriteRequest, WriteSchema } from '../port'
import { operationColumn, rowColumn, stagedColumns } from '../staged'
import { convertSource } from './convert-source'
import { names, type Source, sourceRow } from './source'
import { when } from './source-conversion'
import { castFromText, identifier, stagedFile } from './sql'
import { termFault } from './terms'

/** One column of a write: its converted value, what may be wrong with it, and its raw text for the error. */
export interface PlannedColumn {
  column: Column
  value: string
  fault: string
  raw: string
}

/** A relation of raw rows with what makes columns of them; `row` and `operation` are SQL within it. */
export interface WritePlan {
  relation: string
  columns: PlannedColumn[]
  row: string
  operation: string
  operationFault: string
  /** Columns of the file that are left out. */
  ignored: string[]
}

const declared = (schema: WriteSchema): Column[] => [
  ...schema.keys,
  { name: schema.eventTime, type: { kind: 'timestamp' } },
  ...schema.features,
  ...schema.inputs,
]

/** A staged file: all texts, checked by whoever staged it, so that only the casts remain. */
export function planStaged(path: string, schema: WriteSchema): WritePlan {
  return {
    relation: `SELECT * FROM ${stagedFile(path, stagedColumns(schema))}`,
    columns: declared(schema).map((column) => {
      const raw = identifier(column.name)
      return { column, value: castFromText(column.type, raw), fault: 'NULL', raw }
    }),
    row: `CAST(${rowColumn} AS BIGINT)`,
    operation: operationColumn,
    operationFault: 'NULL',
    ignored: [],
  }
}

/** A user's file or a transformation's result: each column checked and converted from its own type. */
export function planSource(source: Source, request: WriteRequest): WritePlan {
  const { schema } = request
  const byName = new Map(source.columns.map((column) => [column.name, column]))
  const ignored = undeclared(source, request)
  missing(byName, schema)
  const identifying = new Set([...schema.keys.map(({ name }) => name), schema.eventTime])
  const textKeys = new Set(schema.keys.filter(({ type }) => type.kind === 'string').map(({ name }) => name))
  const texts: string[] = []
  const columns = declared(schema).map((column): PlannedColumn => {
    const found = byName.get(column.name)
    const terms = request.terms?.find((one) => one.column === column.name)
    if (!found) return absent(column, terms?.nullable === false)
    const { value, fault } = convertSource(found.type, column.type, found.sql)
    if (textKeys.has(column.name)) texts.push(value)
    const isLastText = textKeys.has(column.name) && texts.length === textKeys.size
    const faults = [
      ...(identifying.has(column.name) ? [when([[`${found.sql} IS NULL`, 'required']])] : []),
      ...(fault === 'NULL' ? [] : [fault]),
      ...(isLastText ? [keyLengthFault(texts)] : []),
      ...(column.name === schema.eventTime && request.latestMicros !== null
        ? [when([[`epoch_us(${value}) > ${request.latestMicros}`, 'future']])]
        : []),
      // What cannot be converted breaks nothing further.
      ...(terms ? [termFault(column.type, terms, `(${value})`)] : []),
    ].filter((one) => one !== 'NULL')
    return { column, value, fault: firstOf(faults), raw: rawText(found.sql, found.typeName) }
  })
  const hasOperation = byName.has(operationColumn)
  const operation = hasOperation ? `coalesce(CAST(${operationColumn} AS VARCHAR), 'upsert')` : "'upsert'"
  const ownRow = request.source.kind === 'select' && byName.get(rowColumn)?.type.kind === 'integer'
  return {
    relation: source.relation,
    columns,
    row: ownRow ? `CAST(${rowColumn} AS BIGINT)` : sourceRow,
    operation,
    operationFault: hasOperation ? when([[`${operation} NOT IN ('upsert', 'delete')`, 'operation']]) : 'NULL',
    ignored,
  }
}

/** `longestKeyBytes` of the keys' texts as JSON; only long ones are spelled out. */
const keyLengthFault = (texts: string[]): string => {
  const sum = (sql: (text: string) => string) => texts.map((text) => `coalesce(${sql(text)}, 0)`).join(' + ')
  const spelled = sum((text) => `strlen(CAST(to_json(${text}) AS VARCHAR))`)
  const isLong = `${sum((text) => `strlen(${text})`)} > ${Math.floor(longestKeyBytes / 6)}`
  return `CASE WHEN ${isLong} THEN ${when([[`${spelled} > ${longestKeyBytes}`, 'key_length']])} END`
}

const firstOf = (faults: string[]): string => {
  if (faults.length === 0) return 'NULL'
  return faults.length === 1 ? String(faults[0]) : `coalesce(${faults.join(', ')})`
}

const rawText = (sql: string, typeName: string): string =>
  typeName === 'BLOB' ? `to_base64(${sql})` : `CAST(${sql} AS VARCHAR)`

const absent = (column: Column, isRefused: boolean): PlannedColumn => ({
  column,
  value: `CAST(NULL AS ${engineType(column.type)})`,
  fault: isRefused ? "'nullable'" : 'NULL',
  raw: 'CAST(NULL AS VARCHAR)',
})

function undeclared(source: Source, { schema, unknown, source: { kind } }: WriteRequest): string[] {
  const known = new Set(declared(schema).map(({ name }) => name)).add(operationColumn)
  if (kind === 'select') known.add(rowColumn)
  const extra = source.columns.filter(({ name }) => !known.has(name))
  if (extra.length > 0 && unknown === 'refuse') {
    throw invalid(
      `The group does not declare ${names(extra)}.`,
      extra.map(({ name }) => ({
        pointer: '',
        reason: `\`${name}\` is not declared`,
        code: 'unknown',
        column: name,
      })),
    )
  }
  return extra.map(({ name }) => name)
}

function missing(byName: Map<string, unknown>, schema: WriteSchema): void {
  const time: Column = { name: schema.eventTime, type: { kind: 'timestamp' } }
  const absentColumns = [...schema.keys, time].filter(({ name }) => !byName.has(name))
  if (absentColumns.length === 0) return
  throw invalid(
    `The file lacks ${names(absentColumns)}, which every row needs.`,
    absentColumns.map(({ name }) => ({
      pointer: '',
      reason: `\`${name}\` is missing`,
      code: 'required',
      column: name,
    })),
  )
}

/** Fault messages in the words of the codec. */
export function reasonOf(rule: string, column: Column | null, value: string | null): string {
  const shown = value === null ? 'null' : JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value)
  const type = column ? typeName(column.type) : ''
  switch (rule) {
    case 'required':
      return `\`${column?.name}\` is missing or null`
    case 'future':
      return `${shown} is further in the future than this group allows`
    case 'operation':
      return `${shown} is not an operation (upsert or delete)`
    case 'derived':
      return `${shown} differs from what the feature's expression gives`
    case 'range':
      return `${shown} is outside ${type}`
    case 'integral':
      return `${shown} is not a whole number, so it is not ${type}`
    case 'precision':
      return `${shown} cannot be kept exactly by ${type}`
    case 'duplicate_member':
      return `A member stands twice in an object of ${shown}`
    case 'key_length':
      return `The key is longer than ${longestKeyBytes} bytes`
    case 'nul_character':
      return 'U+0000 cannot be kept in a text'
    case 'dimension':
      return `${shown} has not the dimension of ${type}`
    default:
      return `${shown} is not ${type}`
  }
}

const typeName = (type: FeatureType): string => {
  if (type.kind === 'decimal') return `decimal(${type.precision},${type.scale})`
  return type.kind
}
