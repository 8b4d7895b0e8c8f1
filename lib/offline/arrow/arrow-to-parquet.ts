import { rm } from 'node:fs/promises'
import type { Data, Field, RecordBatch } from 'apache-arrow'
import { invalid } from '@/lib/core/errors'
import { absentColumn, type ColumnPages, columnPages } from './column-pages'
import { malformed, malformedCell } from './malformed'
import { type ArrowReader, openReader, unreadable } from './open-reader'
import { createParquetFile, type ParquetFile } from './parquet-file'
import { NotText } from './plain-values'

export interface ArrowFile {
  rows: number
  /** In the order of the Arrow schema. */
  columns: string[]
}

export interface ArrowOptions {
  /** Columns that may be left empty when their type cannot be written; otherwise such a column is refused. */
  mayDrop?: (name: string) => boolean
  signal?: AbortSignal
}

const rowsAPage = 65_536
const valuesAPage = 2 ** 21

function checkNames(fields: Field[]): void {
  if (fields.length === 0) throw malformed('it has no columns.')
  const seen = new Set<string>()
  for (const { name } of fields) {
    if (typeof name !== 'string') throw malformed('a column has no name.')
    if (seen.has(name)) throw invalid(`The schema has two columns named \`${name}\`.`)
    seen.add(name)
  }
}

function planOf(fields: Field[], { mayDrop }: ArrowOptions): ColumnPages[] {
  checkNames(fields)
  const refused: Field[] = []
  const columns = fields.map((field) => {
    const pages = columnPages(field)
    if (!pages && !mayDrop?.(field.name)) refused.push(field)
    return pages ?? absentColumn(field.name)
  })
  if (refused.length === 0) return columns
  const errors = refused.map(({ name, type }) => ({
    pointer: '',
    column: name,
    rule: 'type',
    code: 'type',
    reason: `Column \`${name}\` is of the Arrow type ${type}, of which no feature can be made.`,
  }))
  throw invalid(errors[0]?.reason ?? '', errors)
}

/** Rows of a page: a multiple of 8, fewer where a row holds long lists. */
function pageRows(children: readonly Data[], rows: number): number {
  const values = (data: Data): number => Math.max(data.length, ...data.children.map(values))
  const perRow = Math.max(1, ...children.map(values)) / Math.max(1, rows)
  return Math.max(8, Math.min(rowsAPage, Math.floor(valuesAPage / Math.max(1, perRow) / 8) * 8))
}

/** Each row of some column needs a bit at least; without it a few bytes could claim any number of rows. */
function checkRows(rows: number, children: readonly Data[]): void {
  const bytes = children.reduce((sum, data) => sum + data.byteLength, 0)
  if (!(rows >= 0 && rows <= bytes * 8))
    throw malformed(`a record batch claims ${rows} rows in ${bytes} bytes.`)
  for (const child of children)
    if (child.length !== rows) throw malformed('the columns of a record batch have different lengths.')
}

function pageOf(column: ColumnPages, data: Data, start: number, end: number, rowsBefore: number) {
  try {
    return column.page(data, start, end)
  } catch (error) {
    if (!(error instanceof NotText)) throw error
    const row = column.file.depth === 0 ? rowsBefore + error.position + 1 : rowsBefore + start + 1
    throw malformedCell(row, column.file.name, 'encoding', 'The text is not UTF-8.')
  }
}

async function addBatch(file: ParquetFile, plan: ColumnPages[], batch: RecordBatch, rowsBefore: number) {
  const { children } = batch.data
  checkRows(batch.numRows, children)
  const step = pageRows(children, batch.numRows)
  for (let start = 0; start < batch.numRows; start += step) {
    const end = Math.min(start + step, batch.numRows)
    const pages = plan.map((column, index) => {
      const data = children[index]
      if (!data) throw malformed('a record batch lacks a column of its schema.')
      return pageOf(column, data, start, end, rowsBefore)
    })
    await file.add(end - start, pages)
  }
}

/**
 * Writes Arrow IPC (streaming or file format, plain, zstd or lz4) as a Parquet file that the engine reads, one record
 * batch in memory at a time and without a JavaScript value per cell. Every Almanac type, also nullable, as dictionary,
 * large or view; instants of any unit and zone keep all their digits, so that the engine can refuse what is inexact.
 * Errors: `not_parseable` (bytes that are no Arrow or break off), `invalid` naming columns whose type no feature can
 * have, `too_large` for a record batch of over 256 MiB. On failure nothing is left at `path`.
 */
export async function arrowToParquet(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  options: ArrowOptions = {},
): Promise<ArrowFile> {
  const reader = await openReader(bytes, `${path}.arrow`)
  try {
    const fields = reader.schema?.fields ?? []
    const plan = planOf(fields, options)
    const file = await createParquetFile(
      path,
      plan.map(({ file: column }) => column),
    )
    const rows = await addAll(file, plan, reader, options).catch(async (error: unknown) => {
      await file.abandon()
      await rm(path, { force: true })
      throw error
    })
    return { rows, columns: fields.map(({ name }) => name) }
  } catch (error) {
    throw unreadable(error)
  } finally {
    await reader.close()
  }
}

async function addAll(
  file: ParquetFile,
  plan: ColumnPages[],
  { batches }: ArrowReader,
  { signal }: ArrowOptions,
): Promise<number> {
  let rows = 0
  for await (const batch of batches) {
    signal?.throwIfAborted()
    await addBatch(file, plan, batch, rows)
    rows += batch.numRows
  }
  await file.close()
  return rows
}
