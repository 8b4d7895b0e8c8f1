import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { toRoute } from '@/components/ui/route'

interface RowLinkProps {
  href: string
  /** A word after the name: "sample". */
  mark?: string | undefined
  /** The line under the name. */
  note: ReactNode
  mono?: boolean
  children: string
}

/** A row's first cell: the name, which opens the row's panel, and a line beneath it. */
export const RowLink = ({ href, mark, note, mono = false, children }: RowLinkProps) => (
  <span className="flex min-w-0 flex-col">
    <span className="truncate">
      <Link
        href={toRoute(href)}
        scroll={false}
        className={cn('font-medium hover:underline', mono && 'font-mono')}
      >
        {children}
      </Link>
      {mark ? <span className="ml-2 text-12 text-muted">{mark}</span> : null}
    </span>
    <span className="truncate text-12 text-muted">{note}</span>
  </span>
)
