import { invalid } from '@/lib/core/errors'
import { queryRows } from '../engine-client'
import { text } from './sql'

const mostDigits = 38

/** The column of the file that each element of its schema is part of: elements stand before what they hold. */
function columnsOf(elements: { name: string; children: number }[]): string[] {
  const columns: string[] = []
  let open = 0
  for (const { name, children } of elements.slice(1)) {
    columns.push(open === 0 ? name : String(columns.at(-1)))
    open += children - (open === 0 ? 0 : 1)
  }
  return columns
}

/**
 * Refuses decimals of more digits than the engine holds, which it would read as other numbers.
 * @throws DomainError invalid, naming the columns.
 */
export async function refuseLongDecimals(path: string, signal?: AbortSignal): Promise<void> {
  const sql = `SELECT name, coalesce(num_children, 0), coalesce("precision", 0) FROM parquet_schema(${text(path)})`
  const elements = (await queryRows(sql, [], signal)).map(([name, children, digits]) => ({
    name: String(name),
    children: Number(children),
    digits: Number(digits),
  }))
  const columns = columnsOf(elements)
  const long = elements.slice(1).flatMap(({ digits }, i) => {
    const column = columns[i]
    return digits > mostDigits && column !== undefined ? [{ column, digits }] : []
  })
  if (long.length === 0) return
  const errors = long.map(({ column, digits }) => ({
    pointer: '',
    reason: `\`${column}\` is a decimal of ${digits} digits; at most ${mostDigits} can be read exactly`,
    code: 'precision',
    column,
  }))
  throw invalid(`${errors.map(({ reason }) => reason).join('. ')}.`, errors)
}
