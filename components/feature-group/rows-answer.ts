import { parseJson } from '@/lib/core/json'

export interface RowColumn {
  name: string
  type: string
  role: string
}

/** A column that the reader may know of and not read: its name and why, without a value. */
export interface MaskedColumn extends RowColumn {
  /** Its place among the features. */
  position: number
  classification: string
  because: string
  who_can_help: string[]
}

/** Rows of a group's history as GET …/rows answers them. */
export interface RowsAnswer {
  masked?: MaskedColumn[]
  columns: RowColumn[]
  /** By column name; beside the columns `_op`, `_created`, `_commit` and `_row`. */
  rows: Record<string, unknown>[]
}

export type ShownColumn = RowColumn | MaskedColumn

export const isMasked = (column: ShownColumn): column is MaskedColumn => 'because' in column

/** All columns in the order of the definition, the masked ones at their places. */
export function columnsInOrder({ columns, masked = [] }: RowsAnswer): ShownColumn[] {
  const isFeature = ({ role }: RowColumn) => role !== 'key' && role !== 'event_time'
  const shown: ShownColumn[] = columns.filter(isFeature)
  for (const one of masked.toSorted((a, b) => a.position - b.position)) shown.splice(one.position, 0, one)
  return [...columns.filter((column) => !isFeature(column)), ...shown]
}

/** The body of GET …/rows. The operation's record states its shape. */
export const parseRowsAnswer = (body: string): RowsAnswer => parseJson(body) as RowsAnswer
