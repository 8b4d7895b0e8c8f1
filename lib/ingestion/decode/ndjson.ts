import { DomainError } from '@/lib/core/errors'
import { parseJsonRepeated } from '@/lib/core/json'
import { brokenRow, type RawRow, rawRowOfObject, type UnknownColumns } from '../raw-row'
import type { RowPlan } from '../row-plan'
import { linesOf } from './lines'

const isBlank = (line: Uint8Array) => line.every((byte) => byte === 32 || byte === 9 || byte === 13)

/** One JSON object a line; blank lines are passed over and not counted. A line that is no JSON is a fault of its row. */
export async function* decodeNdjson(
  bytes: AsyncIterable<Uint8Array>,
  plan: RowPlan,
  unknown: UnknownColumns,
): AsyncGenerator<RawRow[]> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let row = 0
  for await (const lines of linesOf(bytes)) {
    const rows: RawRow[] = []
    for (const line of lines) {
      if (isBlank(line)) continue
      row++
      rows.push(rowOfLine(utf8, line, plan, unknown, row))
    }
    yield rows
  }
}

export function rowOfLine(
  utf8: TextDecoder,
  line: Uint8Array,
  plan: RowPlan,
  unknown: UnknownColumns,
  row: number,
): RawRow {
  let text: string
  try {
    text = utf8.decode(line)
  } catch {
    return brokenRow(row, 'encoding', 'The line is not UTF-8 text.', null)
  }
  try {
    const { value, repeated } = parseJsonRepeated(text)
    const columns = repeated.map(([column]) => String(column))
    return rawRowOfObject(plan, unknown, value, row, columns)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return brokenRow(
      row,
      'json',
      error.message.replace('The body', 'The line'),
      text.replaceAll('\0', '\ufffd').slice(0, 10_000),
    )
  }
}
