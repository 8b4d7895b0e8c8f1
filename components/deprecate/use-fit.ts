'use client'
import { useQuery } from '@tanstack/react-query'
import { request } from '@/lib/api-client'
import type { ImpactResource } from '@/lib/registry/operations'

/** What readers would have to change to read a replacement; null while none is asked about, or it is not known yet. */
export function useFit(group: string, version: number, replacement: string): ImpactResource['replacement'] {
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/impact`
  const found = useQuery({
    queryKey: ['replacement', group, version, replacement],
    queryFn: async ({ signal }) =>
      (await request<ImpactResource>(path, { query: { version, replacement }, signal })).data,
    enabled: replacement !== '',
    retry: false,
  })
  return found.data?.replacement ?? null
}
