import type { Place } from './nav'

export type KeyAction =
  | { kind: 'chord' }
  | { kind: 'go'; href: string }
  | { kind: 'tab'; step: 1 | -1 }
  | { kind: 'help' }
  | { kind: 'click'; key: string }

/** What a key means outside of fields; `afterG` while the second key of `g …` is awaited. */
export function actionForKey(key: string, afterG: boolean, nav: readonly Place[]): KeyAction | null {
  if (afterG) {
    const item = nav.find((candidate) => candidate.key === key)
    return item ? { kind: 'go', href: item.href } : null
  }
  if (key === 'g') return { kind: 'chord' }
  if (key === '[') return { kind: 'tab', step: -1 }
  if (key === ']') return { kind: 'tab', step: 1 }
  if (key === '?') return { kind: 'help' }
  return /^[a-z.]$/.test(key) ? { kind: 'click', key } : null
}

/** Whether keys belong to what has the focus: a field, a list, an editable text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      Boolean(target.closest('input, textarea, select, [role="combobox"], [data-keys="own"]')))
  )
}
