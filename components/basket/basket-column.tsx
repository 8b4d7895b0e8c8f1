'use client'
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { useChangeBasket } from './use-basket'

/** The head of one column, with the act that takes the feature out. */
export function BasketColumn({
  feature,
  isOwn,
  children,
}: {
  feature: string
  isOwn: boolean
  children: ReactNode
}) {
  const router = useRouter()
  const change = useChangeBasket(() => router.refresh())
  return (
    <span className="flex items-start justify-between gap-1">
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
      {isOwn ? (
        <IconButton
          label={`Take ${feature} out of the basket`}
          pending={change.isPending}
          onClick={() =>
            change.mutate({ remove: feature }, { onError: ({ problem }) => toast(problem.detail) })
          }
        >
          <X aria-hidden className="size-3.5" />
        </IconButton>
      ) : null}
    </span>
  )
}
