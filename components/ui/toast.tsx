'use client'
import { useSyncExternalStore } from 'react'
import type { ExternalToast } from 'sonner'
import { onDemand } from './on-demand'
import { whenToasterStands } from './toaster-stands'

const load = () => import('./open-toaster')
const { fetch: fetchToaster, usePart } = onDemand(load)

export { fetchToaster }

let isNeeded = false
const listeners = new Set<() => void>()
const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** `toast('Copied')`, `toast('Deprecated', { action: { label: 'Undo', onClick } })`. Never the only proof of a write. */
export async function toast(message: string, options?: ExternalToast): Promise<void> {
  isNeeded = true
  for (const listener of listeners) listener()
  const [{ toast: show }] = await Promise.all([load(), whenToasterStands])
  show(message, options)
}

/** Stands once, in the providers; what it shows comes with the first toast. */
export function Toaster() {
  const isShown = useSyncExternalStore(
    listen,
    () => isNeeded,
    () => false,
  )
  const OpenToaster = usePart(isShown)
  return OpenToaster ? <OpenToaster /> : null
}
