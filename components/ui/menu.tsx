'use client'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { MenuProps } from './menu-props'
import { onDemand } from './on-demand'
import { withProps } from './with-props'

export type { MenuItem, MenuSection } from './menu-props'

/** Called ahead of the first press, so that it is answered at once. */
const { fetch: fetchMenu, usePart } = onDemand(() => import('./open-menu'))

export { fetchMenu }

const openingKeys = ['Enter', ' ', 'ArrowDown']

/** Actions behind a button, in ruled sections, with their shortcuts. What opens comes with the first press. */
export function Menu(props: MenuProps) {
  const [pressed, setPressed] = useState<'key' | 'pointer' | null>(null)
  const closed = withProps(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    'data-state': 'closed',
    onPointerEnter: () => void fetchMenu(),
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || event.ctrlKey) return
      // The focus goes to what opens.
      event.preventDefault()
      setPressed('pointer')
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!openingKeys.includes(event.key)) return
      event.preventDefault()
      setPressed('key')
    },
  })
  const OpenMenu = usePart(pressed !== null || props.open === true)
  return OpenMenu ? <OpenMenu {...props} pressed={pressed} /> : closed
}
