import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { DomainError, invalid } from '@/lib/core/errors'

/**
 * The names in the first record of a CSV file. The engine is told them, since its own guess skips lines that do not
 * fit and takes a later one for the header.
 */
export async function csvHeader(path: string): Promise<string[]> {
  const bytes = createReadStream(path, { end: mostHeaderBytes })
  const records = bytes.pipe(parse({ to: 1, bom: true, relax_column_count: true }))
  try {
    for await (const record of records) return named(record)
  } catch (error) {
    if (error instanceof DomainError) throw error
    const said = error instanceof Error ? error.message : String(error)
    throw new DomainError('not_parseable', `The file cannot be read as CSV: ${said}`, {}, { cause: error })
  } finally {
    bytes.destroy()
  }
  throw new DomainError(
    'not_parseable',
    'The file cannot be read as CSV: it is empty; its first line names the columns.',
  )
}

const mostHeaderBytes = 4 * 1024 * 1024

function named(record: string[]): string[] {
  const empty = record.indexOf('')
  if (empty >= 0) throw invalid(`Column ${empty + 1} of the CSV file has no name in the first line.`)
  return record
}
