import { formatCount } from '@/components/ui/format-number'
import type { Pager } from './types'

export interface Sort {
  column: string
  descending: boolean
}

/** Reads `sort=name` or `sort=-name`. */
export function parseSort(value: string | null | undefined, fallback?: string): Sort | null {
  const text = value || fallback
  if (!text) return null
  return text.startsWith('-')
    ? { column: text.slice(1), descending: true }
    : { column: text, descending: false }
}

/** The next value of `sort` when a header is used: ascending, descending, and round again. */
export function nextSort(sort: Sort | null, column: string, firstDescending: boolean): string {
  if (sort?.column !== column) return firstDescending ? `-${column}` : column
  return sort.descending ? column : `-${column}`
}

/** Whether the list is in the order that the parameter's value means; null is the usual order. */
export const isSameSort = (sort: Sort | null, value: string | null): boolean => {
  const other = parseSort(value)
  return sort?.column === other?.column && (sort?.descending ?? false) === (other?.descending ?? false)
}

type Changes = Record<string, string | number | null>

export interface PagerView {
  text: string
  previous: Changes | null
  next: Changes | null
}

/** The pager's words and the parameters of the pages beside this one; null where there is none. */
export function viewPager(pager: Pager, rowsShown: number): PagerView {
  if (pager.kind === 'page') {
    const { page, pageSize, total } = pager
    if (total === 0) return { text: '0 rows', previous: null, next: null }
    const from = (page - 1) * pageSize + 1
    const to = Math.min(total, from + rowsShown - 1)
    return {
      text: `${formatCount(from)}–${formatCount(to)} of ${formatCount(total)}`,
      previous: page > 1 ? { page: page === 2 ? null : page - 1 } : null,
      next: to < total ? { page: page + 1 } : null,
    }
  }
  const of = pager.total === null ? '' : ` of ${formatCount(pager.total)}`
  return {
    text: `${formatCount(rowsShown)}${of}`,
    previous: pager.cursor ? { cursor: null } : null,
    next: pager.nextCursor ? { cursor: pager.nextCursor } : null,
  }
}

/** Column ids that the address switches off: `hide=owner,type`. */
export function parseHidden(value: string | null | undefined): string[] {
  return value ? value.split(',').filter(Boolean) : []
}

/** The value of `hide` after one column was switched. */
export function toggleHidden(hidden: readonly string[], column: string): string | null {
  const next = hidden.includes(column) ? hidden.filter((id) => id !== column) : [...hidden, column]
  return next.length > 0 ? next.join(',') : null
}

/** Rows a page has in lists of the interface, unless another number is asked for. */
const usualPageSize = 50

/** The size of a page that the address asks for; a shorter last page has the same one. */
export function pageSizeOf(limit: string | null): number {
  const asked = Number(limit)
  return Number.isInteger(asked) && asked > 0 ? asked : usualPageSize
}
