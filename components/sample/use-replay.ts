'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { type ProblemError, request } from '@/lib/api-client'
import type { ReplayedResource } from '@/lib/sample/operations'

export interface Replayed {
  /** Days asked for. */
  wanted: number
  days: ReplayedResource['days']
}

/** Brings held-back days in one at a time, so that what is shown as done is done; it can be stopped between two. */
export function useReplay() {
  const router = useRouter()
  const [replayed, setReplayed] = useState<Replayed | null>(null)
  const isStopped = useRef(false)
  const replay = useMutation<void, ProblemError, number>({
    mutationFn: async (wanted) => {
      isStopped.current = false
      setReplayed({ wanted, days: [] })
      for (let day = 0; day < wanted && !isStopped.current; day++) {
        const { data } = await request<ReplayedResource>('/api/v1/sample/replay', {
          method: 'POST',
          body: { days: 1 },
        })
        if (data.days.length === 0) return
        setReplayed((before) => ({ wanted, days: [...(before?.days ?? []), ...data.days] }))
      }
    },
    onSettled: () => router.refresh(),
  })
  return {
    replayed,
    isRunning: replay.isPending,
    error: replay.error,
    start: (days: number) => replay.mutate(days),
    stop: () => {
      isStopped.current = true
    },
  }
}
