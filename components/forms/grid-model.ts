/** One row of the grid: the text of each cell by column id, and a key that survives moves. */
export interface GridRow {
  key: string
  cells: Record<string, string>
}

export interface GridColumn {
  id: string
  label: string
  kind: 'text' | 'select'
  /** For a select: the values, in order. */
  options?: readonly string[]
  /** What the values are called, where that is not the value itself. */
  words?: Readonly<Record<string, string>>
  mono?: boolean
  required?: boolean
  /** CSS width, e.g. "9rem" or "30%"; the columns without one share the rest. */
  width?: string
  placeholder?: string
  /** What a new row starts with. */
  initial?: string
  /** Shown when it is asked for, or when a row has something in it. */
  extra?: boolean
}

let counter = 0
const newKey = () => `row-${Date.now().toString(36)}-${(counter++).toString(36)}`

/** A row with the columns' initial values and the given cells. */
export function newRow(columns: readonly GridColumn[], cells: Record<string, string> = {}): GridRow {
  const initial = Object.fromEntries(columns.map((column) => [column.id, column.initial ?? '']))
  return { key: newKey(), cells: { ...initial, ...cells } }
}

export function setCell(rows: readonly GridRow[], at: number, column: string, value: string): GridRow[] {
  return rows.map((row, index) => (index === at ? { ...row, cells: { ...row.cells, [column]: value } } : row))
}

/** The option that a pasted text means, by value or word without regard to case; else the text itself, to be judged. */
function matchOption(column: GridColumn, text: string): string {
  if (column.kind !== 'select') return text
  const meant = text.toLowerCase()
  const isMeant = (option: string) =>
    option.toLowerCase() === meant || column.words?.[option]?.toLowerCase() === meant
  return column.options?.find(isMeant) ?? text
}

/** Writes a pasted block with its upper left corner at the cell; adds rows where the block is longer. */
export function pasteBlock(
  rows: readonly GridRow[],
  columns: readonly GridColumn[],
  at: { row: number; column: number },
  block: readonly (readonly string[])[],
): GridRow[] {
  const next = [...rows]
  block.forEach((line, down) => {
    const index = at.row + down
    const row = next[index] ?? newRow(columns)
    const cells = { ...row.cells }
    line.forEach((text, right) => {
      const column = columns[at.column + right]
      if (column) cells[column.id] = matchOption(column, text)
    })
    next[index] = { ...row, cells }
  })
  return next
}

/** Copies a cell's value into the same column of all rows beneath it. */
export function fillDown(rows: readonly GridRow[], from: number, column: string): GridRow[] {
  const value = rows[from]?.cells[column] ?? ''
  return rows.map((row, index) => (index > from ? { ...row, cells: { ...row.cells, [column]: value } } : row))
}

export function removeRow(rows: readonly GridRow[], at: number): GridRow[] {
  return rows.filter((_, index) => index !== at)
}

/** Rows in which something was typed beyond the initial values. */
export function filledRows(rows: readonly GridRow[], columns: readonly GridColumn[]): GridRow[] {
  return rows.filter((row) =>
    columns.some((column) => (row.cells[column.id] ?? '').trim() !== (column.initial ?? '')),
  )
}
