'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { plural } from '@/components/ui/format-number'
import { type ProblemError, request } from '@/lib/api-client'

const post = (id: string, act: 'close' | 'reopen', body: unknown) =>
  request(`/api/v1/feedback/${encodeURIComponent(id)}/${act}`, { method: 'POST', body })

interface Act {
  ids: readonly string[]
  /** Null opens again. */
  reason: string | null
}

/** Closing and opening again, one after the other; what was closed last can be undone until the next act. */
export function useFeedbackActs() {
  const router = useRouter()
  const [closed, setClosed] = useState<readonly string[]>([])
  const act = useMutation<void, ProblemError, Act>({
    mutationFn: async ({ ids, reason }) => {
      setClosed([])
      for (const id of ids) {
        await post(id, reason === null ? 'reopen' : 'close', reason === null ? {} : { reason })
        if (reason !== null) setClosed((before) => [...before, id])
      }
    },
    onSettled: () => router.refresh(),
  })
  return {
    pending: act.isPending,
    /** Why closing failed, or opening again. */
    closeError: act.variables?.reason === null ? null : act.error,
    reopenError: act.variables?.reason === null ? act.error : null,
    closed,
    closedWords: `Closed: ${plural(closed.length, 'entry', 'entries')}. Their authors are told.`,
    close: (ids: readonly string[], reason: string) => act.mutateAsync({ ids, reason }),
    reopen: (ids: readonly string[]) => act.mutate({ ids, reason: null }),
  }
}

export type FeedbackActs = ReturnType<typeof useFeedbackActs>
