import { fragmentSeparator, int64Spelling, toFragment } from '@/lib/core/feature-type'
import type { EncodedColumn, EngineResult } from '@/lib/offline/protocol'
import { arrowEncoder } from './arrow/encoder'
import type { Batch } from './batch'
import type { Encoder } from './encoder'
import { canonicalFromEngine, jsonFromEngine } from './values'

const nothing = () => ''

type EncodeResult = Extract<EngineResult, { kind: 'encode' }>

export function encoderFor(result: EngineResult): Encoder {
  if (result.kind !== 'encode') return { head: '', batch: genericRows, tail: nothing }
  const { columns } = result
  switch (result.format) {
    case 'arrow':
      return arrowEncoder(columns)
    case 'csv':
      return {
        head: `${columns.map((column) => csvText(column.name)).join(',')}\n`,
        batch: (batch) => csvRows(columns, batch),
        tail: nothing,
      }
    case 'fragments':
      return { head: '', batch: (batch) => fragmentRows(result, batch), tail: nothing }
    case 'ndjson':
      return { head: '', batch: (batch) => objectRows(result, batch, '', '', '\n'), tail: nothing }
    case 'json':
      return {
        head: `{"columns":${JSON.stringify(columns.map(({ name, typeText }) => ({ name, type: typeText })))},"rows":[`,
        batch: (batch, first) => objectRows(result, batch, first ? '' : ',', ',', ''),
        tail: () => ']}',
      }
  }
}

/** The texts of each column of a batch. */
const allFragments = ({ columns, int64AsString }: EncodeResult, batch: Batch): string[][] =>
  columns.map((column, index) => {
    const spell = int64Spelling(column.type, int64AsString)
    const texts = cellTexts(column, batch, index, (value) => toFragment(column.type, value))
    return spell ? texts.map(spell) : texts
  })

type ToText = (value: ReturnType<typeof canonicalFromEngine>) => string

function cellTexts(column: EncodedColumn, { chunk, rows }: Batch, index: number, toText: ToText): string[] {
  const vector = chunk.getColumnVector(index)
  const texts = new Array<string>(rows)
  for (let row = 0; row < rows; row++)
    texts[row] = toText(canonicalFromEngine(column.type, vector.getItem(row)))
  return texts
}

function fragmentRows(result: EncodeResult, batch: Batch): string {
  const texts = allFragments(result, batch)
  let out = ''
  for (let row = 0; row < batch.rows; row++) {
    for (let i = 0; i < texts.length; i++) out += (i > 0 ? fragmentSeparator : '') + texts[i]?.[row]
    out += '\n'
  }
  return out
}

/** Rows as JSON objects: `lead` before the first, `divider` before the others, `end` after each. */
function objectRows(result: EncodeResult, batch: Batch, lead: string, divider: string, end: string): string {
  const texts = allFragments(result, batch)
  const openings = result.columns.map((column, i) => `${i > 0 ? ',' : '{'}${JSON.stringify(column.name)}:`)
  let out = ''
  for (let row = 0; row < batch.rows; row++) {
    out += row === 0 ? lead : divider
    for (let i = 0; i < texts.length; i++) out += `${openings[i]}${texts[i]?.[row]}`
    out += `}${end}`
  }
  return out
}

const plainCell = /^[^",\r\n]+$/

/** A cell that is a text: quoted when it is empty (an unquoted empty cell is null) or would end early. */
const csvText = (text: string) =>
  plainCell.test(text) && text.trim() === text ? text : `"${text.replaceAll('"', '""')}"`

function csvRows(columns: EncodedColumn[], batch: Batch): string {
  const cells = columns.map((column, index) => cellTexts(column, batch, index, csvWriter(column)))
  let out = ''
  for (let row = 0; row < batch.rows; row++) {
    for (let i = 0; i < cells.length; i++) out += (i > 0 ? ',' : '') + cells[i]?.[row]
    out += '\n'
  }
  return out
}

function csvWriter({ type }: EncodedColumn): ToText {
  switch (type.kind) {
    case 'string':
    case 'json':
    case 'bytes':
      return (value) => (value === null ? '' : csvText(String(value)))
    case 'array':
    case 'embedding':
      return (value) => (value === null ? '' : csvText(toFragment(type, value)))
    default:
      return (value) => (value === null ? '' : withoutQuotes(toFragment(type, value)))
  }
}

/** Times, dates, decimals and NaN are JSON strings but plain CSV cells. */
const withoutQuotes = (fragment: string) => (fragment.startsWith('"') ? fragment.slice(1, -1) : fragment)

function genericRows({ chunk, rows }: Batch): string {
  const vectors = Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index))
  let out = ''
  for (let row = 0; row < rows; row++) {
    out += `[${vectors.map((vector) => jsonFromEngine(vector.getItem(row))).join(',')}]\n`
  }
  return out
}
