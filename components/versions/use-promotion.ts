'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ProblemError, request } from '@/lib/api-client'
import type { VersionResource } from '@/lib/registry/operations'

interface Change {
  reason?: string
  accept?: string[]
}

/** Changes what an environment serves, then shows the page anew. */
export function useServingChange(path: string, environment: string, onDone: () => void) {
  const router = useRouter()
  return useMutation<VersionResource, ProblemError, Change>({
    mutationFn: async (change) =>
      (await request<VersionResource>(path, { method: 'POST', body: { ...change, environment } })).data,
    onSuccess: () => {
      onDone()
      router.refresh()
    },
  })
}
