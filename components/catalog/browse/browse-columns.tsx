'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { isTyping } from '@/components/layout/keys'

const linesOf = (list: Element | undefined) => [...(list?.querySelectorAll<HTMLElement>('a[href]') ?? [])]

/** Puts the focus on the chosen line of a column, else on its first one. */
function enter(list: Element | undefined) {
  const lines = linesOf(list)
  const chosen = lines.find((line) => line.getAttribute('aria-current') === 'true') ?? lines[0]
  chosen?.focus()
}

/** Columns side by side: j and k (or the arrows) go up and down, the arrows left and right to the column beside. */
export function BrowseColumns({ children }: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return
      const lists = [...(root.current?.querySelectorAll('[data-browse-column]') ?? [])]
      const at = lists.findIndex((list) => list.contains(document.activeElement))
      const isArrow = event.key.startsWith('Arrow')
      if (isArrow && at < 0) return
      const lines = linesOf(lists[Math.max(0, at)])
      const line = lines.findIndex((one) => one.contains(document.activeElement))
      if (event.key === 'j' || event.key === 'ArrowDown') lines[Math.min(lines.length - 1, line + 1)]?.focus()
      else if (event.key === 'k' || event.key === 'ArrowUp') lines[Math.max(0, line - 1)]?.focus()
      else if (event.key === 'ArrowRight') enter(lists[at + 1])
      else if (event.key === 'ArrowLeft') enter(lists[at - 1])
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div ref={root} data-row-keys="open" className="grid gap-y-6 border-t lg:grid-cols-4">
      {children}
    </div>
  )
}
