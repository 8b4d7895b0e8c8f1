'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { RefObject } from 'react'
import { cn } from './cn'
import type { DialogProps } from './dialog-props'

/** What is asked for first, before the ways out; the browser's own order where nothing is. */
function focusFirstField(event: Event) {
  const content = event.currentTarget
  if (!(content instanceof HTMLElement)) return
  const field = content.querySelector<HTMLElement>('textarea, input:not([type=hidden]), select')
  if (!field) return
  event.preventDefault()
  field.focus()
}

interface OpenDialogProps extends Omit<DialogProps, 'trigger'> {
  /** What opened it gets the focus back. */
  opener: RefObject<HTMLElement | null>
}

/** The dialog itself, which comes when one is opened first. */
export default function OpenDialog(props: OpenDialogProps) {
  const { open, onOpenChange, opener, title, description, footer, wide, children } = props
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-backdrop" />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={(event) => {
            if (!opener.current) return
            event.preventDefault()
            opener.current.focus()
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'enter fixed inset-x-0 top-[12vh] z-50 mx-auto flex max-h-[76vh] w-full flex-col rounded-overlay border border-hairline bg-surface shadow-overlay max-md:top-auto max-md:bottom-0 max-md:max-h-[90dvh] max-md:rounded-b-none',
            wide ? 'max-w-180' : 'max-w-120',
          )}
        >
          <header className="flex items-start justify-between gap-3 px-4 pt-4">
            <div className="min-w-0">
              <Radix.Title className="font-medium text-15">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-13 text-muted">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label="Close"
              className="hit rounded-control p-1 text-muted hover:bg-ink-tint hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </header>
          <div className="min-h-0 overflow-y-auto px-4 py-4">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
