import type { ReactNode } from 'react'

export interface TableColumn {
  id: string
  header: string
  /** Numbers stand right. */
  align?: 'left' | 'right'
  /** The list's `sort` parameter takes this column's id. */
  sortable?: boolean
  /** Takes the room that is left and cuts its text; the first column unless one says so. */
  grow?: boolean
  /** CSS width, e.g. "168px". */
  width?: string
  /** Below which width of the window the column leaves: md 768, lg 1024, xl 1280. */
  from?: 'md' | 'lg' | 'xl'
  /** On a phone: first line of the row, its end, or second line; otherwise not shown. */
  phone?: 'first' | 'end' | 'second'
  /** Can be switched off by the reader; the first column never. */
  fixed?: boolean
}

/** What can be done with a row beside opening and peeking: behind `.`, or at once by its key. */
export type RowAct = { label: string; shortcut?: string } & ({ href: string } | { copy: string })

export interface TableRow {
  id: string
  /** The row's page: click and Enter. */
  href?: string
  /** The list with this row in the panel: Space. */
  peekHref?: string
  acts?: readonly RowAct[]
  /** By column id. */
  cells: Record<string, ReactNode>
}

/** Either pages by number or pages by cursor, as the list's use case gives them. */
export type Pager =
  | { kind: 'page'; page: number; pageSize: number; total: number }
  | {
      kind: 'cursor'
      cursor: string | null
      nextCursor: string | null
      pageSize: number
      total: number | null
    }

/** An order that no column stands for: by relevance, by the last change. */
export interface TableOrder {
  label: string
  /** The value of the list's `sort`; null where it is the usual one. */
  sort: string | null
}
