import type { InputRelation } from '@/lib/offline'
import { removeFile } from '../staging'
import { readTables, type TableReading } from '../table/read-table'
import type { TableInput } from '../table/table-input'
import { type Input, relationOf } from './resolve-inputs'

const isTable = (input: Input): input is TableInput => input.kind === 'table'

/**
 * Runs `work` with what the engine reads for each input, in their order. Rows of tables are fetched for it, those of one
 * connection as of one instant, and removed afterwards. Errors: conflict, unavailable (a table).
 */
export async function withRelations<T>(
  inputs: readonly Input[],
  reading: TableReading,
  signal: AbortSignal,
  work: (relations: InputRelation[]) => Promise<T>,
): Promise<T> {
  const wanted = inputs.filter(isTable).map((input) => ({ input, reading }))
  const tables = await readTables(wanted, signal)
  try {
    const relations: InputRelation[] = []
    for (const input of inputs) {
      const table = tables.get(input.name)
      if (table) relations.push(table)
      else if (!isTable(input)) relations.push(await relationOf(input))
    }
    return await work(relations)
  } finally {
    for (const { path } of tables.values()) await removeFile(path)
  }
}
