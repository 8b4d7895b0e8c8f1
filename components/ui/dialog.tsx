'use client'
import { type MouseEvent, useRef, useState } from 'react'
import type { DialogProps } from './dialog-props'
import { onDemand } from './on-demand'
import { withProps } from './with-props'

/** Called ahead of the first press, so that it is answered at once. */
const { fetch: fetchDialog, usePart } = onDemand(() => import('./open-dialog'))

export { fetchDialog }

/** Modal, 480 px (720 when wide), a sheet from below on a phone. Esc and the backdrop close it. */
export function Dialog({ open, onOpenChange, trigger, ...rest }: DialogProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const isOpen = open ?? ownOpen
  // Once open it stays, so that it closes as it should.
  const [isNeeded, setNeeded] = useState(isOpen)
  if (isOpen && !isNeeded) setNeeded(true)
  const OpenDialog = usePart(isNeeded)
  const opener = useRef<HTMLElement>(null)
  const change = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  return (
    <>
      {trigger
        ? withProps(trigger, {
            'aria-haspopup': 'dialog',
            'aria-expanded': isOpen,
            'data-state': isOpen ? 'open' : 'closed',
            onPointerEnter: () => void fetchDialog(),
            onClick: (event: MouseEvent<HTMLElement>) => {
              opener.current = event.currentTarget
              change(true)
            },
          })
        : null}
      {OpenDialog ? <OpenDialog {...rest} open={isOpen} onOpenChange={change} opener={opener} /> : null}
    </>
  )
}
