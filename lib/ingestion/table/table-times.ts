import { pgIdentifier, type TableShape } from './table-columns'
import { refuseSource, type TableInput } from './table-input'

/** Times of rows, both inclusive; RFC 3339, null is open. */
export interface TimeSpan {
  from: string | null
  to: string | null
}

type TimeBase = 'timestamptz' | 'timestamp' | 'date'
const isTimeBase = (base: string | undefined): base is TimeBase =>
  base === 'timestamptz' || base === 'timestamp' || base === 'date'

/** What kind of time a column holds. Errors: conflict when it holds none. */
function baseOfTime(input: TableInput, column: string, baseOf: TableShape['baseOf']): TimeBase {
  const base = baseOf.get(column)
  if (isTimeBase(base)) return base
  throw refuseSource(
    input.name,
    `its column \`${column}\` is a ${base}; a time is a timestamptz, timestamp or date.`,
  )
}

/** An instant as a literal of the column's own type, so that an index on it serves; dates count from their 00:00 UTC. */
function literal(base: TimeBase, instant: string): string {
  const quoted = `'${instant.replaceAll("'", "''")}'::timestamptz`
  if (base === 'timestamptz') return quoted
  const plain = `(${quoted} at time zone 'UTC')`
  return base === 'timestamp' ? plain : `${plain}::date`
}

/** A condition for the rows of these times; a row without a time is kept, so that the SQL decides about it. */
export function timeCondition(
  input: TableInput,
  baseOf: TableShape['baseOf'],
  { from, to }: TimeSpan,
): string {
  if (input.timeColumn === null) return 'true'
  const base = baseOfTime(input, input.timeColumn, baseOf)
  const column = pgIdentifier(input.timeColumn)
  const bounds = [
    ...(from === null ? [] : [`${column} >= ${literal(base, from)}`]),
    ...(to === null ? [] : [`${column} <= ${literal(base, to)}`]),
  ]
  return bounds.length === 0 ? 'true' : `((${bounds.join(' and ')}) or ${column} is null)`
}

/** An aggregate over a time column as RFC 3339 with six digits. */
export function instantText(base: TimeBase, expression: string): string {
  const plain = base === 'timestamptz' ? `(${expression}) at time zone 'UTC'` : `(${expression})::timestamp`
  return `to_char(${plain}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

/** The finite times of a column, and the condition that a row's is later than an instant. */
export function timesIn(input: TableInput, column: string, baseOf: TableShape['baseOf']) {
  const base = baseOfTime(input, column, baseOf)
  const name = pgIdentifier(column)
  return {
    base,
    name,
    finite: `${name} > '-infinity' and ${name} < 'infinity'`,
    laterThan: (instant: string) => `${name} > ${literal(base, instant)}`,
  }
}
