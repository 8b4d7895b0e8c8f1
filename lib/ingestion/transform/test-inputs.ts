import type { TransformationTest } from '@/db/schema'
import { invalid } from '@/lib/core/errors'
import {
  describeSelect,
  execute,
  filesMatching,
  type InputRelation,
  identifier,
  type SelectedColumn,
  type SourceType,
  sqlText,
} from '@/lib/offline'
import { stagingPath } from '../staging'
import { noRows } from '../table/read-table'
import type { Input } from './resolve-inputs'
import { castableText, guessedType } from './test-values'
import { withRelations } from './with-relations'

export interface DescribedInput {
  name: string
  /** Null: a source whose first file has not come, so that nobody knows its columns. */
  columns: SelectedColumn[] | null
}

/** A source whose first file has not come. */
export const hasNoFile = async (input: Input, signal: AbortSignal): Promise<boolean> =>
  input.kind === 'file' && (await filesMatching(input.path, signal)).length === 0

/** Columns of an input as the SQL sees them. */
export async function describeInput(input: Input, signal: AbortSignal): Promise<DescribedInput> {
  const { name } = input
  if (await hasNoFile(input, signal)) return { name, columns: null }
  const sql = `select * from ${identifier(name)}`
  const describe = (inputs: InputRelation[]) => describeSelect({ kind: 'select', sql, inputs }, signal)
  return { name, columns: await withRelations([input], noRows, signal, describe) }
}

interface TestColumn {
  name: string
  typeName: string
  type: SourceType
}

const guessed: Record<string, SourceType> = {
  BOOLEAN: { kind: 'bool' },
  BIGINT: { kind: 'integer' },
  DOUBLE: { kind: 'float' },
  TIMESTAMP: { kind: 'timestamp' },
  VARCHAR: { kind: 'text' },
}

type Rows = TransformationTest['inputs'][string]

/** What the rows tell of their columns, where nothing else does. */
function guessColumns(rows: Rows): TestColumn[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return names.map((name) => {
    const typeName = guessedType(rows.map((row) => row[name]))
    return { name, typeName, type: guessed[typeName] ?? { kind: 'text' } }
  })
}

function cell(of: string, at: number, { name, type }: TestColumn, row: Rows[number]): string {
  try {
    const text = castableText(type, row[name])
    return text === null ? 'NULL' : sqlText(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid(`Row ${at + 1} of \`${of}\`, column \`${name}\`: ${reason}`)
  }
}

function refuseUnknown(of: string, columns: TestColumn[], rows: Rows): void {
  const known = new Set(columns.map(({ name }) => name))
  for (const [at, row] of rows.entries())
    for (const name of Object.keys(row))
      if (!known.has(name))
        throw invalid(`Row ${at + 1} of \`${of}\` has a column \`${name}\`, which \`${of}\` has not.`)
}

function selectOf(of: string, columns: TestColumn[], rows: Rows): string {
  const typed = columns.map(({ name, typeName }, i) => `CAST(c${i} AS ${typeName}) AS ${identifier(name)}`)
  const names = columns.map((_, i) => `c${i}`).join(', ')
  const values = rows.map((row, at) => `(${columns.map((column) => cell(of, at, column, row)).join(', ')})`)
  const nothing = `(${columns.map(() => 'NULL').join(', ')})`
  const none = rows.length === 0 ? ' WHERE FALSE' : ''
  return `SELECT ${typed.join(', ')} FROM (VALUES ${values.join(', ') || nothing}) AS given(${names})${none}`
}

/** The rows that a test gives for an input, as a file of the input's own columns and types. The caller removes it. */
export async function testRelation(
  { name, columns }: DescribedInput,
  rows: Rows,
  signal: AbortSignal,
): Promise<Extract<InputRelation, { path: string }>> {
  const known = columns ?? guessColumns(rows)
  if (known.length === 0) throw invalid(`Nobody knows the columns of \`${name}\` yet: give it a row.`)
  refuseUnknown(name, known, rows)
  const path = await stagingPath('parquet')
  await execute([`COPY (${selectOf(name, known, rows)}) TO ${sqlText(path)} (FORMAT parquet)`], signal)
  return { name, path, format: 'parquet' }
}
