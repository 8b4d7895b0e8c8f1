import type { ReactNode } from 'react'
import { type Kind, KindGlyph } from '@/components/icons/kind-glyph'
import { Name } from '@/components/ui/name'

export interface NameCellProps {
  kind?: Kind
  name: string
  href: string
  /** One line of meaning; makes the row two lines high, and leaves on a phone. */
  meaning?: ReactNode
}

/** A list's first cell: glyph, name, meaning. */
export function NameCell({ kind, name, href, meaning }: NameCellProps) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {kind ? <KindGlyph kind={kind} className="text-muted" /> : null}
      <span className="flex min-w-0 flex-col">
        <Name name={name} href={href} />
        {meaning ? <span className="truncate text-12 text-muted max-md:hidden">{meaning}</span> : null}
      </span>
    </span>
  )
}
