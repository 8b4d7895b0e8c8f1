import { cn } from '@/components/ui/cn'
import type { TableColumn } from './types'

const leaves = { md: '', lg: 'max-lg:hidden', xl: 'max-xl:hidden' }

/** On a phone a row is a flex box of two lines; the empty box after `order-1` breaks the line. */
export const rowClass =
  'group/row hover:bg-ink-tint focus-visible:-outline-offset-2 aria-[current=true]:bg-accent-tint max-md:flex max-md:min-h-14 max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:border-b max-md:py-1.5 max-md:after:order-2 max-md:after:basis-full max-md:after:content-[""]'

const phones = {
  first: 'max-md:order-1',
  /** At the end of the first line, so that strips stand below each other. */
  end: 'max-md:order-1 max-md:ml-auto',
  second: 'max-md:order-3 max-md:text-12 max-md:text-muted',
}

/** Classes of a body cell: height, side, room, and its place on a phone. */
export function cellClass(column: TableColumn, first: boolean, lines: 1 | 2): string {
  const phone = column.phone ?? (first ? 'first' : undefined)
  return cn(
    'whitespace-nowrap px-2 first:pl-0 last:pr-0 md:border-b max-md:h-auto max-md:p-0',
    lines === 2 ? 'h-(--row-two)' : 'h-(--row)',
    first && 'pl-0',
    column.align === 'right' && 'num text-right',
    (column.grow ?? first) &&
      'w-full max-w-0 overflow-hidden text-ellipsis md:min-w-60 max-md:w-auto max-md:max-w-none max-md:flex-1',
    column.from ? leaves[column.from] : '',
    phone ? phones[phone] : 'max-md:hidden',
  )
}

/** Classes of a header cell; `sticky` under the 44 px top bar. */
export function headerClass(column: TableColumn, first: boolean, sticky: boolean): string {
  return cn(
    'h-7 whitespace-nowrap border-b border-b-control bg-page px-2 text-left font-normal text-12 text-muted first:pl-0 last:pr-0',
    first && 'pl-0',
    sticky && 'xl:sticky xl:top-11 xl:z-10',
    column.align === 'right' && 'text-right',
    (column.grow ?? first) && 'w-full max-w-0 md:min-w-60',
    column.from ? leaves[column.from] : '',
  )
}
