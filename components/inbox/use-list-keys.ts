'use client'
import { type RefObject, useEffect } from 'react'

const typing = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]'

function focusLine(line: Element | undefined) {
  const target = line?.querySelector<HTMLElement>('a[href]')
  target?.focus({ preventScroll: true })
  line?.scrollIntoView({ block: 'nearest' })
}

/** j and k move the focus from line to line, onto the line's own link, so that Enter opens it. */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (key !== 'j' && key !== 'k') return
      if (target instanceof Element && target.closest(typing)) return
      const lines = [...(list.current?.children ?? [])]
      if (lines.length === 0) return
      const at = lines.findIndex((line) => line.contains(document.activeElement))
      focusLine(lines[key === 'j' ? Math.min(lines.length - 1, at + 1) : Math.max(0, at - 1)])
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [list])
}
