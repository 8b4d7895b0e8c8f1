'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ProblemError, request } from '@/lib/api-client'
import type { ThreadResource } from '@/lib/governance/operations'

export interface ThreadPlace {
  group: string
  version: number
}

export interface ThreadAct {
  /** Below the version's threads: '' opens one, `/{id}/resolve` settles it. */
  path: string
  method?: 'POST' | 'PATCH'
  body?: Record<string, unknown>
  headers?: Record<string, string>
}

/** An act in a review's threads; the page then shows what stands. */
export function useThreadAct({ group, version }: ThreadPlace, done?: () => void) {
  const router = useRouter()
  return useMutation<ThreadResource, ProblemError, ThreadAct>({
    mutationFn: async ({ path, method = 'POST', body, headers }) => {
      const base = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/threads`
      const { data } = await request<ThreadResource>(`${base}${path}`, {
        method,
        ...(body ? { body } : {}),
        ...(headers ? { headers } : {}),
      })
      return data
    },
    onSuccess: () => {
      done?.()
      router.refresh()
    },
  })
}
