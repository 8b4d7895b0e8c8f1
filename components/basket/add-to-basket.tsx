'use client'
import { ShoppingBasket } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { toast } from '@/components/ui/toast'
import { useBasket, useChangeBasket } from './use-basket'

interface AddToBasketProps {
  /** `group:feature`, or `group@2:feature` for a version that is not the one served. Never a label. */
  feature: string
  /** `icon` in rows and lists; `button` in the header of a page. */
  look?: 'icon' | 'button'
  /** The page is about this feature: `b` puts it in from anywhere on it. In a row, `b` works where the focus is. */
  isPage?: boolean
}

/** Puts a feature into the reader's basket, or takes it out again. */
export function AddToBasket({ feature, look = 'icon', isPage = false }: AddToBasketProps) {
  const basket = useBasket()
  const change = useChangeBasket()
  const isIn = basket.data?.data.some((one) => one.feature === feature) ?? false
  const label = isIn ? `Take ${feature} out of the basket` : `Add ${feature} to the basket`
  const shared = {
    'aria-pressed': isIn,
    pending: change.isPending,
    onClick: () =>
      change.mutate(isIn ? { remove: feature } : { add: [feature] }, {
        onError: ({ problem }) => toast(problem.detail),
      }),
    ...(isPage ? { 'data-shortcut': 'b' } : { 'data-row-shortcut': 'b' }),
  }
  const glyph = <ShoppingBasket aria-hidden className={cn('size-3.5', isIn && 'text-accent')} />
  return look === 'icon' ? (
    <IconButton label={label} shortcut="b" {...shared}>
      {glyph}
    </IconButton>
  ) : (
    <Button aria-label={label} title={`${label} (b)`} {...shared}>
      {glyph}
      {isIn ? 'In the basket' : 'Basket'}
    </Button>
  )
}
