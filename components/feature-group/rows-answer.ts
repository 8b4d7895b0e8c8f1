import { parseJson } from '@/lib/core/json'

export interface RowColumn {
  name: string
  type: string
  role: string
}

/** Rows of a group's history as GET …/rows answers them. */
export interface RowsAnswer {
  columns: RowColumn[]
  /** By column name; beside the columns `_op`, `_created`, `_commit` and `_row`. */
  rows: Record<string, unknown>[]
}

/** The body of GET …/rows. The operation's record states its shape. */
export const parseRowsAnswer = (body: string): RowsAnswer => parseJson(body) as RowsAnswer
