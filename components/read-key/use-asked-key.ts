'use client'
import { usePathname, useSearchParams } from 'next/navigation'

/**
 * The key that stands in the address (`key`, once a key column, in their order); null while none does. Asking writes it
 * there, so that the read can be sent to somebody. A group without a key is asked for by one empty `key`.
 */
export function useAskedKey(columns: number) {
  const path = usePathname()
  const search = useSearchParams()
  const given = search.getAll('key')
  const isAsked = columns === 0 ? given.length > 0 : given.length === columns
  const ask = (values: readonly string[]) => {
    const next = new URLSearchParams(search)
    next.delete('key')
    for (const value of columns === 0 ? [''] : values) next.append('key', value)
    // The page itself stays as it is: its other parts would be read, and audited, again.
    window.history.pushState(null, '', `${path}?${next}`)
  }
  return { asked: isAsked ? given.slice(0, columns) : null, ask }
}
