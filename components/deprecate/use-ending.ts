'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { faultsOf } from '@/components/forms/problem-fields'
import { type ProblemError, type RequestOptions, request } from '@/lib/api-client'

/** Midnight UTC of a date; null without one. */
export const midnight = (date: string): string | null => (date === '' ? null : `${date}T00:00:00Z`)

/** One request about a deprecation; the page then shows what came of it. */
export function useEnding(path: string, fields: readonly string[], onDone: () => void) {
  const router = useRouter()
  const act = useMutation<unknown, ProblemError, RequestOptions>({
    mutationFn: (options) => request(path, options),
    onSuccess: () => {
      onDone()
      router.refresh()
    },
  })
  return {
    send: act.mutate,
    isBusy: act.isPending,
    faults: faultsOf(act.error, (name) => fields.includes(name)),
  }
}
