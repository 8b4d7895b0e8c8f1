import type { WriteSchema } from './port'

/** Row number within its batch, from 1. */
export const rowColumn = '_row'
/** `upsert` or `delete`. */
export const operationColumn = '_op'

/**
 * The cells of a staged row, in order: keys, event time, features (a derived one is null unless the row brought
 * it), inputs, `_row`, `_op`.
 */
export function stagedColumns(schema: WriteSchema): string[] {
  return [
    ...schema.keys.map((column) => column.name),
    schema.eventTime,
    ...schema.features.map((column) => column.name),
    ...schema.inputs.map((column) => column.name),
    rowColumn,
    operationColumn,
  ]
}

const plain = /^[\w.+: -]+$/

/** One line of a staged file: cells are texts of `toEngineText`, null is an empty cell, every odd text is quoted. */
export function stagedRow(cells: readonly (string | null)[]): string {
  let line = ''
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (i > 0) line += ','
    if (cell !== null && cell !== undefined)
      line += plain.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`
  }
  return `${line}\n`
}
