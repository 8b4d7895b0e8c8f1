import type { KeyboardEvent } from 'react'

export interface Move {
  down: number
  right: number
}

/** Where a key leads: up and down always, sideways only when the caret stands at the text's edge. */
export function moveForKey(event: KeyboardEvent<HTMLElement>): Move | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  const target = event.currentTarget
  const select = target instanceof HTMLSelectElement
  if (event.key === 'Enter') return { down: 1, right: 0 }
  // A closed list keeps its own arrows: they choose the value.
  if (select) return null
  if (event.key === 'ArrowDown') return { down: 1, right: 0 }
  if (event.key === 'ArrowUp') return { down: -1, right: 0 }
  if (!(target instanceof HTMLInputElement)) return null
  const { selectionStart, selectionEnd, value } = target
  if (event.key === 'ArrowLeft' && selectionStart === 0 && selectionEnd === 0) return { down: 0, right: -1 }
  if (event.key === 'ArrowRight' && selectionStart === value.length && selectionEnd === value.length) {
    return { down: 0, right: 1 }
  }
  return null
}
