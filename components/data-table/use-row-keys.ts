'use client'
import { type RefObject, useEffect, useRef } from 'react'
import type { RowAct, TableRow } from './types'

const typing =
  'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]'

/** Puts the focus onto a row's link, so that Enter opens it natively. */
export function focusRow(row: Element | undefined): void {
  if (!(row instanceof HTMLElement)) return
  const target = row.querySelector<HTMLElement>('a[href]') ?? row
  target.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
}

export interface RowKeys {
  open: (href: string | undefined) => void
  /** Absent: rows of this list are not chosen. */
  choose?: (id: string) => void
  act: (act: RowAct) => void
  menu: (id: string) => void
}

/** What a key does with the row that has the focus; false when it means nothing here. */
function press(
  key: string,
  row: TableRow,
  target: EventTarget | null,
  line: Element,
  keys: RowKeys,
): boolean {
  if (key === ' ' && row.peekHref && !(target instanceof HTMLButtonElement || isBox(target))) {
    keys.open(row.peekHref)
  } else if (key === 'Enter' && target === line) keys.open(row.href)
  else if (key === 'x' && keys.choose) keys.choose(row.id)
  else if (key === '.' && row.acts) keys.menu(row.id)
  else {
    const act = row.acts?.find(({ shortcut }) => shortcut === key)
    if (!act) return false
    keys.act(act)
  }
  return true
}

const isBox = (target: EventTarget | null) => target instanceof HTMLInputElement

/**
 * j and k move the focus from row to row, Space peeks, x chooses, `.` shows all acts, and an act's own key does it.
 * A row with the focus is meant before the page: its keys are heard first.
 */
export function useRowKeys(
  body: RefObject<HTMLTableSectionElement | null>,
  enabled: boolean,
  rows: readonly TableRow[],
  keys: RowKeys,
): void {
  const latest = useRef({ rows, keys })
  useEffect(() => {
    latest.current = { rows, keys }
  })
  useEffect(() => {
    if (!enabled) return
    let isChord = false
    const onKey = (event: KeyboardEvent) => {
      const section = body.current
      const { target, key } = event
      if (!section || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (target instanceof Element && target.closest(typing)) return
      if (document.querySelector('[role="dialog"][data-state="open"], [role="menu"]')) return
      // The letter after g names a room.
      const wasChord = isChord
      isChord = key === 'g'
      if (wasChord) return
      const lines = [...section.rows]
      const at = lines.findIndex((line) => line.contains(document.activeElement))
      const row = latest.current.rows[at]
      const line = lines[at]
      if (key === 'j') focusRow(lines[Math.min(lines.length - 1, at + 1)])
      else if (key === 'k') focusRow(lines[Math.max(0, at - 1)])
      else if (!row || !line || !press(key, row, target, line, latest.current.keys)) return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [body, enabled])
}
