'use client'
import { type RefObject, useEffect, useRef } from 'react'
import type { TableRow } from './types'

const typing = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]'

function focusRow(row: Element | undefined) {
  if (!(row instanceof HTMLElement)) return
  const target = row.querySelector<HTMLElement>('a[href]') ?? row
  target.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
}

/**
 * j and k move the focus from row to row (onto the row's link, so that Enter opens it natively), Space peeks.
 */
export function useRowKeys(
  body: RefObject<HTMLTableSectionElement | null>,
  enabled: boolean,
  rows: readonly TableRow[],
  open: (href: string | undefined) => void,
): void {
  const latest = useRef({ rows, open })
  useEffect(() => {
    latest.current = { rows, open }
  })
  useEffect(() => {
    if (!enabled) return
    const onKey = (event: KeyboardEvent) => {
      const section = body.current
      const target = event.target
      if (!section || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (target instanceof Element && target.closest(typing)) return
      const lines = [...section.rows]
      const at = lines.findIndex((line) => line.contains(document.activeElement))
      const row = latest.current.rows[at]
      if (event.key === 'j') focusRow(lines[Math.min(lines.length - 1, at + 1)])
      else if (event.key === 'k') focusRow(lines[Math.max(0, at - 1)])
      else if (event.key === ' ' && row?.peekHref && !(target instanceof HTMLButtonElement)) {
        latest.current.open(row.peekHref)
      } else if (event.key === 'Enter' && target === lines[at]) latest.current.open(row?.href)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [body, enabled])
}
