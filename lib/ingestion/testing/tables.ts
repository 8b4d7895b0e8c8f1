import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { parquetOf } from '.'

/** A cell of any format; a text in a column of another kind makes the whole column one of texts. */
export type TestCell = string | number | bigint | boolean | Uint8Array | bigint[] | null

export type CellKind = 'int' | 'float' | 'bool' | 'text' | 'label' | 'date' | 'bytes' | 'list'

export interface TestTable {
  columns: { name: string; kind: CellKind }[]
  rows: TestCell[][]
}

const isText = (value: TestCell): value is string => typeof value === 'string'

/** The value as a text that means the same to every decoder. */
function textOf(value: Exclude<TestCell, null>): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return `[${value.join(',')}]`
  return Object.is(value, -0) ? '-0' : String(value)
}

const jsonOf = (value: TestCell): string => {
  if (value === null) return 'null'
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value))
  if (isText(value) || value instanceof Uint8Array) return JSON.stringify(textOf(value))
  return textOf(value)
}

const jsonRows = ({ columns, rows }: TestTable) =>
  rows.map(
    (cells) =>
      `{${columns.map(({ name }, i) => `${JSON.stringify(name)}:${jsonOf(cells[i] ?? null)}`).join(',')}}`,
  )

const csvCell = (value: TestCell): string =>
  value === null ? '' : `"${textOf(value).replaceAll('"', '""')}"`

const csv = ({ columns, rows }: TestTable) =>
  [columns.map(({ name }) => csvCell(name)), ...rows.map((cells) => cells.map(csvCell))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('')

/** Texts among other values: such a column can only be one of texts. */
const kindIn = ({ columns, rows }: TestTable, index: number): CellKind => {
  const kind = columns[index]?.kind ?? 'text'
  const texts = rows.some((cells) => isText(cells[index] ?? null))
  return texts && kind !== 'label' && kind !== 'date' ? 'text' : kind
}

const sqlTypes: Record<CellKind, string> = {
  int: 'BIGINT',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
  text: 'VARCHAR',
  label: 'VARCHAR',
  date: 'DATE',
  bytes: 'BLOB',
  list: 'BIGINT[]',
}

function sqlCell(value: TestCell, kind: CellKind): string {
  if (value === null) return `NULL::${sqlTypes[kind]}`
  if (value instanceof Uint8Array && kind === 'bytes') return `from_base64('${textOf(value)}')`
  return `'${textOf(value).replaceAll("'", "''")}'::${sqlTypes[kind]}`
}

const parquet = (table: TestTable) =>
  parquetOf(
    table.rows
      .map((cells, row) => {
        const values = cells.map(
          (cell, i) =>
            `${sqlCell(cell, kindIn(table, i))} AS "${table.columns[i]?.name.replaceAll('"', '""')}"`,
        )
        return `SELECT ${row} AS __order, ${values.join(', ')}`
      })
      .join(' UNION ALL ')
      .replace(/^(.*)$/s, 'SELECT * EXCLUDE (__order) FROM ($1) ORDER BY __order'),
  )

const arrowTypes: Record<CellKind, () => DataType> = {
  int: () => new Int64(),
  float: () => new Float64(),
  bool: () => new Bool(),
  text: () => new Utf8(),
  label: () => new Dictionary(new Utf8(), new Int32()),
  date: () => new DateDay(),
  bytes: () => new Binary(),
  list: () => new List(new Field('item', new Int64(), true)),
}

function arrowCell(value: TestCell, kind: CellKind): unknown {
  if (value === null) return null
  if (kind === 'date') return new Date(`${textOf(value)}T00:00:00Z`)
  return kind === 'text' || kind === 'label' ? textOf(value) : value
}

function arrow(table: TestTable): Uint8Array {
  const vectors = table.columns.map(({ name }, i) => {
    const kind = kindIn(table, i)
    const values = table.rows.map((cells) => arrowCell(cells[i] ?? null, kind))
    return [name, vectorFromArray(values, arrowTypes[kind]())] as const
  })
  return tableToIPC(new Table(Object.fromEntries(vectors)), 'stream')
}

/** The same table in every format that rows are read from, by media type. */
export async function inEveryFormat(table: TestTable): Promise<Map<string, Uint8Array>> {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  const rows = jsonRows(table)
  return new Map([
    ['application/json', utf8(`{"rows":[${rows.join(',')}]}`)],
    ['application/x-ndjson', utf8(rows.map((row) => `${row}\n`).join(''))],
    ['text/csv', utf8(csv(table))],
    ['application/vnd.apache.parquet', await parquet(table)],
    ['application/vnd.apache.arrow.stream', arrow(table)],
  ])
}
