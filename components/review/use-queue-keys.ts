'use client'
import { type RefObject, useEffect } from 'react'

const typing = 'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"]'

/** j and k move from line to line of a queue, x chooses the line, Enter opens its link. */
export function useQueueKeys(list: RefObject<HTMLElement | null>, enabled = true): void {
  useEffect(() => {
    if (!enabled) return
    const onKey = (event: KeyboardEvent) => {
      const target = event.target
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (target instanceof Element && target.closest(typing)) return
      const lines = [...(list.current?.querySelectorAll('li') ?? [])]
      const focused = lines.findIndex((line) => line.contains(document.activeElement))
      if (event.key === 'x' && focused >= 0) lines[focused]?.querySelector<HTMLElement>('input')?.click()
      else if (event.key === 'j' || event.key === 'k') {
        const open = lines.findIndex((line) => line.querySelector('[aria-current="page"]'))
        const from = focused >= 0 ? focused : open
        const to = Math.max(0, Math.min(lines.length - 1, from + (event.key === 'j' ? 1 : -1)))
        lines[to]?.querySelector('a')?.focus()
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [list, enabled])
}
