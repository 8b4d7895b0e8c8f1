import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { EngineError, exactParquet, execute, type InputRelation, identifier, sqlText } from '@/lib/offline'
import { removeFile, stagingPath } from '../staging'
import { inSnapshot, type Snapshot } from './connect'
import { shapeOf, type TableColumn, type TableShape, tableName } from './table-columns'
import { explainTable } from './table-errors'
import { refuseSource, type TableInput } from './table-input'
import { type TimeSpan, timeCondition } from './table-times'

/** Which rows are wanted. */
export interface TableReading {
  /** Only rows of these times, and those without one; null: all. */
  span: TimeSpan | null
  /** Null: all. */
  limit: number | null
}

/** The columns alone. */
export const noRows: TableReading = { span: null, limit: 0 }

const longestMilliseconds = 30 * 60_000

function selectOf(input: TableInput, { columns, baseOf }: TableShape, { span, limit }: TableReading): string {
  const texts = columns.map(({ text }, at) => `${text} as c${at}`).join(', ')
  const where = span === null ? '' : ` where ${timeCondition(input, baseOf, span)}`
  const most = limit === null ? '' : ` limit ${limit}`
  return `select row_to_json(r)::text as line from (select ${texts} from ${tableName(input)}${where}${most}) as r`
}

const firstRows = 50
const mostRowsAtOnce = 10_000
const charactersAtOnce = 4 * 1024 * 1024

/** As many rows as make one portion, judged by those before: rows may be a few bytes or many megabytes long. */
const nextCount = (rows: number, characters: number) =>
  Math.max(1, Math.min(mostRowsAtOnce, Math.floor((rows * charactersAtOnce) / Math.max(1, characters))))

/** One JSON object a line, through a cursor of the server. */
async function* portions({ tx }: Snapshot, select: string, signal: AbortSignal): AsyncGenerator<string> {
  await tx.unsafe(`declare almanac_rows no scroll cursor for ${select}`)
  let count = firstRows
  for (;;) {
    signal.throwIfAborted()
    const rows = await tx.unsafe<{ line: string }[]>(`fetch forward ${count} from almanac_rows`)
    const text = rows.map(({ line }) => `${line}\n`).join('')
    if (text !== '') yield text
    if (rows.length < count) break
    count = nextCount(rows.length, text.length)
  }
  await tx`close almanac_rows`
}

const largestRowBytes = 256 * 1024 * 1024

/** The lines as a file of the columns' own types. */
async function typedFile(
  input: TableInput,
  columns: TableColumn[],
  lines: string,
  signal: AbortSignal,
): Promise<string> {
  const path = await stagingPath('parquet')
  const texts = columns
    .map(({ isArray }, at) => `c${at}: ${isArray ? "'VARCHAR[]'" : "'VARCHAR'"}`)
    .join(', ')
  const typed = columns.map(({ name, read }, at) => `${read(`c${at}`)} AS ${identifier(name)}`).join(', ')
  const from = `read_json(${sqlText(lines)}, format = 'newline_delimited', columns = {${texts}}, maximum_object_size = ${largestRowBytes})`
  try {
    await execute([`COPY (SELECT ${typed} FROM ${from}) TO ${sqlText(path)} (${exactParquet})`], signal)
    return path
  } catch (error) {
    await removeFile(path)
    throw explainValue(input, error)
  }
}

function explainValue(input: TableInput, error: unknown): unknown {
  if (!(error instanceof EngineError) || error.kind === 'interrupted') return error
  const said = error.message.split('\n')[0]?.replaceAll(/"?[^\s"']*\/staging\/[^\s"']*"?/g, 'its rows') ?? ''
  return refuseSource(
    input.name,
    `a value of its table is outside what its type here holds: ${said.slice(0, 300)}`,
    error,
  )
}

interface Wanted {
  input: TableInput
  reading: TableReading
}

interface Fetched {
  input: TableInput
  lines: string
  columns: TableColumn[]
}

/** The rows of several tables of one connection, as of one instant. */
async function fetchAll(
  wanted: readonly Wanted[],
  linesOf: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Fetched[]> {
  const [first] = wanted
  if (!first) return []
  return inSnapshot(first.input, signal, async (snapshot) => {
    const fetched: Fetched[] = []
    for (const { input, reading } of wanted) {
      const lines = linesOf.get(input.name) ?? ''
      try {
        const shape = await shapeOf(snapshot, input)
        await snapshot.limit(longestMilliseconds)
        await pipeline(portions(snapshot, selectOf(input, shape, reading), signal), createWriteStream(lines))
        fetched.push({ input, lines, columns: shape.columns })
      } catch (error) {
        throw explainTable(input, error)
      }
    }
    return fetched
  })
}

function byConnection(wanted: readonly Wanted[]): Wanted[][] {
  const names = [...new Set(wanted.map(({ input }) => input.connection))]
  return names.map((name) => wanted.filter(({ input }) => input.connection === name))
}

/** A file of a source's rows, in their exact types. */
type TableFile = Extract<InputRelation, { path: string }>

/**
 * The rows of sources' tables, those of one connection as of one instant, as files by the source's name. The caller
 * removes them. Errors: conflict (the connection, the table, a column, a value), unavailable.
 */
export async function readTables(
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<Map<string, TableFile>> {
  const linesOf = new Map<string, string>()
  const files = new Map<string, TableFile>()
  try {
    for (const { input } of wanted) linesOf.set(input.name, await stagingPath('table.ndjson'))
    for (const own of byConnection(wanted)) {
      for (const { input, lines, columns } of await fetchAll(own, linesOf, signal)) {
        const path = await typedFile(input, columns, lines, signal)
        files.set(input.name, { name: input.name, path, format: 'parquet' })
        await removeFile(lines)
      }
    }
    return files
  } catch (error) {
    for (const { path } of files.values()) await removeFile(path)
    signal.throwIfAborted()
    throw error
  } finally {
    for (const path of linesOf.values()) await removeFile(path)
  }
}
