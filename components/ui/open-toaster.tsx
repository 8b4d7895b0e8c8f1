'use client'
import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { toasterStands } from './toaster-stands'

export { toast }

/** The toasts themselves. */
export default function OpenToaster() {
  useEffect(toasterStands, [])
  return (
    <Sonner
      position="bottom-right"
      duration={5000}
      offset={16}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-overlay border border-hairline bg-surface px-3 py-2.5 font-sans text-13 text-ink shadow-overlay',
          description: 'text-12 text-muted',
          actionButton: 'ml-auto shrink-0 font-medium text-accent',
          cancelButton: 'ml-auto shrink-0 text-muted',
        },
      }}
    />
  )
}
