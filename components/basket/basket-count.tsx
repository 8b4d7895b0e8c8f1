'use client'
import { ShoppingBasket } from 'lucide-react'
import Link from 'next/link'
import { useEffect } from 'react'
import { isTyping } from '@/components/layout/keys'
import { formatCount, plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { BasketResource } from '@/lib/basket/operations'
import { useBasket } from './use-basket'

/** `b` presses the basket of the row that has the focus. */
function useRowKey() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'b' || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey)
        return
      if (isTyping(event.target) || !(event.target instanceof Element)) return
      const row = event.target.closest('tr, li')
      const control = row?.querySelector<HTMLElement>('[data-row-shortcut="b"]')
      if (!control) return
      event.preventDefault()
      control.click()
    }
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}

/** How many features are in the reader's basket, and the way there. */
export function BasketCount({ initial }: { initial: BasketResource }) {
  const { data } = useBasket(initial)
  useRowKey()
  const total = data?.meta.total ?? 0
  const words = total === 0 ? 'Basket: empty' : `Basket: ${plural(total, 'feature')}`
  return (
    <Link
      href={toRoute('/basket')}
      aria-label={words}
      title={`${words} (g b)`}
      className="flex h-7 shrink-0 items-center gap-1 rounded-control px-1.5 text-12 text-muted hover:bg-ink-tint hover:text-ink max-md:h-11 max-md:min-w-11 max-md:justify-center"
    >
      <ShoppingBasket aria-hidden className="size-4" />
      {total > 0 ? <span className="num font-medium text-accent">{formatCount(total)}</span> : null}
    </Link>
  )
}
