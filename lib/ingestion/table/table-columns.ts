import type { Snapshot } from './connect'
import { refuseSource, type TableInput } from './table-input'

export interface TableColumn {
  name: string
  /** As PostgreSQL calls it, for messages. */
  typeName: string
  /** What it is at bottom: domains are what they are over. */
  base: string
  /** Text of its value within the table's rows, exact; null stays null. */
  text: string
  /** The engine's expression over that text. */
  read: (text: string) => string
  /** Whether that text is an array of texts. */
  isArray: boolean
}

interface CatalogRow {
  name: string
  type_name: string
  base: string
  modifier: number
  is_enum: boolean
}

export const pgIdentifier = (name: string) => `"${name.replaceAll('"', '""')}"`

export const tableName = ({ schema, table }: Pick<TableInput, 'schema' | 'table'>) =>
  `${pgIdentifier(schema)}.${pgIdentifier(table)}`

type Reading = Pick<TableColumn, 'text' | 'read' | 'isArray'>

const plain = (column: string, engineType: string): Reading => ({
  text: `${column}::text`,
  read: (text) => `CAST(${text} AS ${engineType})`,
  isArray: false,
})
const asText = (column: string): Reading => ({
  text: `${column}::text`,
  read: (text) => text,
  isArray: false,
})

const plainTypes: Record<string, string> = {
  bool: 'BOOLEAN',
  int2: 'SMALLINT',
  int4: 'INTEGER',
  int8: 'BIGINT',
  float4: 'FLOAT',
  float8: 'DOUBLE',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  json: 'JSON',
  jsonb: 'JSON',
}
const textTypes = new Set(['text', 'varchar', 'bpchar', 'name', 'char', 'uuid', 'citext'])

/** Text where nothing says how many digits there are: the SQL then says it, and nothing is lost before. */
function numeric(column: string, modifier: number): { reading: Reading; engineType: string | null } {
  const precision = modifier < 4 ? 0 : ((modifier - 4) >> 16) & 0xffff
  // Eleven bits with a sign.
  const scale = modifier < 4 ? 0 : (((modifier - 4) & 0x7ff) ^ 1024) - 1024
  if (precision < 1 || precision > 38 || scale < 0 || scale > precision)
    return { reading: asText(column), engineType: null }
  const engineType = `DECIMAL(${precision}, ${scale})`
  return { reading: plain(column, engineType), engineType }
}

function arrayReading(column: string, element: string, modifier: number): Reading | null {
  const engineType =
    element === 'numeric'
      ? numeric(column, modifier).engineType
      : textTypes.has(element)
        ? 'VARCHAR'
        : element === 'time' || element === 'timestamp' || element.startsWith('json')
          ? null
          : (plainTypes[element] ?? null)
  if (engineType === null) return null
  return {
    // Several dimensions fail in the database, by a cast that says so: as a list of lists they would be another value.
    text: `case when array_ndims(${column}) > 1 then array[(array_ndims(${column})::text || ' dimensions in an array')::int::text] else ${column}::text[] end`,
    read: (text) => `CAST(${text} AS ${engineType}[])`,
    isArray: true,
  }
}

function readingOf({ name, base, modifier, is_enum: isEnum }: CatalogRow): Reading | null {
  const column = pgIdentifier(name)
  if (isEnum || textTypes.has(base)) return asText(column)
  if (base === 'numeric') return numeric(column, modifier).reading
  // The SQL of a transformation sees times in UTC and without a zone.
  if (base === 'timestamptz')
    return { ...plain(column, 'TIMESTAMP'), text: `(${column} at time zone 'UTC')::text` }
  if (base === 'bytea')
    return { text: `encode(${column}, 'hex')`, read: (text) => `unhex(${text})`, isArray: false }
  if (base.startsWith('_')) return arrayReading(column, base.slice(1), modifier)
  const engineType = plainTypes[base]
  return engineType === undefined ? null : plain(column, engineType)
}

/** All columns of a table or view, domains resolved. */
const catalogue = ({ tx }: Snapshot, name: string) => tx<CatalogRow[]>`
  with recursive resolved as (
    select a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) as type_name, a.atttypid as type, a.atttypmod as modifier
    from pg_attribute a where a.attrelid = ${name}::regclass and a.attnum > 0 and not a.attisdropped
    union all
    select r.attnum, r.attname, r.type_name, t.typbasetype, t.typtypmod
    from resolved r join pg_type t on t.oid = r.type where t.typtype = 'd'
  )
  select r.attname::text as name, r.type_name, t.typname::text as base, r.modifier, t.typtype = 'e' as is_enum
  from resolved r join pg_type t on t.oid = r.type where t.typtype <> 'd' order by r.attnum`

function refuseMissing({ name, columns, timeColumn, updatedColumn }: TableInput, found: CatalogRow[]): void {
  const known = new Set(found.map((row) => row.name))
  const named = [...(columns ?? []), ...[timeColumn, updatedColumn].filter((one) => one !== null)]
  const missing = named.filter((one) => !known.has(one))
  if (missing.length > 0)
    throw refuseSource(name, `its table has no column ${missing.map((one) => `\`${one}\``).join(', ')}.`)
}

/** The engine does not tell upper from lower case in names. */
function refuseAlike({ name }: TableInput, found: CatalogRow[]): void {
  const seen = new Map<string, string>()
  for (const row of found) {
    const other = seen.get(row.name.toLowerCase())
    if (other !== undefined)
      throw refuseSource(
        name,
        `its columns \`${other}\` and \`${row.name}\` differ only in case; name the columns to read in \`columns\`.`,
      )
    seen.set(row.name.toLowerCase(), row.name)
  }
}

export interface TableShape {
  /** Those that are read, in the table's order. */
  columns: TableColumn[]
  /** What PostgreSQL calls the type of a column, by name; also of those that are not read. */
  baseOf: ReadonlyMap<string, string>
}

/** Columns of the source's table with how each is read. Errors: conflict naming the table, or each column and type. */
export async function shapeOf(snapshot: Snapshot, input: TableInput): Promise<TableShape> {
  const name = tableName(input)
  const [there] = await snapshot.tx<{ found: boolean }[]>`select to_regclass(${name}) is not null as found`
  if (!there?.found) throw refuseSource(input.name, `there is no table \`${input.schema}.${input.table}\`.`)
  const found = await catalogue(snapshot, name)
  refuseMissing(input, found)
  const asked = found.filter((row) => input.columns === null || input.columns.includes(row.name))
  refuseAlike(input, asked)
  const unreadable: string[] = []
  const columns = asked.flatMap((row) => {
    const reading = readingOf(row)
    if (reading) return [{ name: row.name, typeName: row.type_name, base: row.base, ...reading }]
    unreadable.push(`\`${row.name}\` (${row.type_name})`)
    return []
  })
  if (unreadable.length > 0)
    throw refuseSource(
      input.name,
      `values of these columns cannot be read: ${unreadable.join(', ')}. Name the columns to read in \`columns\`, or let a view give them as text.`,
    )
  if (columns.length === 0) throw refuseSource(input.name, 'its table has no columns.')
  return { columns, baseOf: new Map(found.map((row) => [row.name, row.base])) }
}
