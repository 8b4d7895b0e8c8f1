import type { FileFormat, InputRelation } from '../port'
import { absolute, commitExtras, scanHistory, storedColumns } from './history'
import { list, text } from './sql'

const readers: Record<FileFormat, string> = {
  parquet: 'read_parquet(?)',
  csv: 'read_csv(?, header = true, sample_size = -1)',
  ndjson: "read_json(?, format = 'newline_delimited')",
}

/**
 * The files of a path or pattern, or those that are named, as one relation: columns by name, `key=value` folders too.
 * `named` adds the path of its file to each row, as `filename`.
 */
export function filesRelation(
  paths: string | readonly string[],
  format: FileFormat,
  { named = false }: { named?: boolean } = {},
): string {
  const files = typeof paths === 'string' ? text(paths) : list(paths.map(text))
  const options = `, union_by_name = true${named ? ', filename = true' : ''})`
  return `SELECT * FROM ${readers[format].replace(/\)$/, options).replace('?', () => files)}`
}

/** What the name of an input stands for in a transformation's SQL. */
export function inputRelation(input: InputRelation): string {
  if (!('history' in input)) return filesRelation(absolute(input.path), input.format)
  const { history } = input
  return scanHistory({
    history,
    columns: storedColumns(history.schema),
    extras: commitExtras(history),
    where: ["_op <> 'delete'"],
  })
}
