import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ProblemError, request } from '@/lib/api-client'

/** An act that asks for nothing but a reason: what was typed, and the one request. The page then shows what came of it. */
export function useReasonedAct(path: string, onDone?: () => void) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const act = useMutation<unknown, ProblemError>({
    mutationFn: () => request(path, { method: 'POST', body: { reason: reason.trim() } }),
    onSuccess: () => {
      onDone?.()
      router.refresh()
    },
  })
  return {
    reason,
    setReason,
    isReady: reason.trim() !== '',
    isBusy: act.isPending,
    act: act.mutate,
    actNow: async () => {
      await act.mutateAsync()
    },
    error: act.error,
  }
}
