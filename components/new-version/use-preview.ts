'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ProblemError, request } from '@/lib/api-client'
import { stringifyJson } from '@/lib/core/json'
import type { VersionPreviewResource } from '@/lib/registry/operations'

const pauseMs = 400

/** What the server would make of a change, once typing has paused; its faults where it is no version yet. */
export function usePreview(group: string, body: object) {
  const text = stringifyJson(body)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  const asked = useQuery<VersionPreviewResource, Error>({
    queryKey: ['version-preview', group, settled],
    queryFn: async ({ signal }) => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/preview`
      const raw = { body: settled, contentType: 'application/json' }
      return (await request<VersionPreviewResource>(path, { method: 'POST', raw, signal })).data
    },
    retry: false,
    staleTime: 0,
  })
  const isCurrent = settled === text
  return {
    preview: isCurrent && asked.data ? asked.data : null,
    error: isCurrent && asked.error instanceof ProblemError ? asked.error : null,
  }
}
