'use client'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

export interface GridLineProps {
  index: number
  noun: string
  columnCount: number
  below?: ReactNode
  onRemove: () => void
  children: ReactNode
}

/** One row of the sheet: its number, its cells, the button that removes it. */
export function GridLine({ index, noun, columnCount, below, onRemove, children }: GridLineProps) {
  return (
    <>
      <tr className="align-top focus-within:bg-accent-tint [&>*]:border-b [&:last-child>*]:border-b-0">
        <th scope="row" className="num py-1.5 text-center font-normal text-12 text-muted">
          {index + 1}
        </th>
        {children}
        <td className="border-l">
          <button
            type="button"
            onClick={onRemove}
            aria-label={`Remove ${noun} ${index + 1}`}
            className="-outline-offset-2 block h-8 w-full text-muted hover:text-fail max-md:h-11"
          >
            <X aria-hidden className="mx-auto size-3.5" />
          </button>
        </td>
      </tr>
      {below ? (
        <tr className="has-[>td:last-child:empty]:hidden">
          <td />
          <td colSpan={columnCount + 1} className="border-b border-l px-2 py-1.5 text-12">
            {below}
          </td>
        </tr>
      ) : null}
    </>
  )
}
