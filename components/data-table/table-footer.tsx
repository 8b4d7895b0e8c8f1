'use client'
import { ButtonLink } from '@/components/ui/button'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { viewPager } from './table-state'
import type { Pager } from './types'

export interface TableFooterProps {
  pager: Pager
  shown: number
  link: (changes: Record<string, string | number | null>) => string
  /** Called with the number of rows that the reader chose. */
  onSize?: (size: string) => void
}

const sizes = [25, 50, 100, 200]

/** Where in the list this is, the neighbouring pages, and how many rows a page has. */
export function TableFooter({ pager, shown, link, onSize }: TableFooterProps) {
  const view = viewPager(pager, shown)
  const total = pager.total ?? Number.POSITIVE_INFINITY
  return (
    <nav aria-label="Pages of the list" className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 py-2">
      <span className="num text-12 text-muted">{view.text}</span>
      {view.previous ? (
        <ButtonLink size="small" href={link(view.previous)}>
          {pager.kind === 'page' ? 'Previous' : 'First page'}
        </ButtonLink>
      ) : null}
      {view.next ? (
        <ButtonLink size="small" href={link(view.next)}>
          Next
        </ButtonLink>
      ) : null}
      {total > Math.min(25, pager.pageSize) ? (
        <span className="ml-auto flex items-center gap-2 text-12 text-muted max-md:hidden">
          Rows a page
          <SegmentedControl
            label="Rows a page"
            value={String(pager.pageSize)}
            {...(onSize ? { onChange: onSize } : {})}
            segments={sizes.map((size) => ({
              value: String(size),
              label: String(size),
              href: link({ limit: size, page: null, cursor: null }),
            }))}
          />
        </span>
      ) : null}
    </nav>
  )
}
