'use client'
import { useQuery } from '@tanstack/react-query'
import { request } from '@/lib/api-client'
import type { SearchResource } from '@/lib/catalog/operations'

/** Feature groups that the search finds for what is being typed, to be offered under a field. */
export function useGroupNames(typed: string): SearchResource['data'] {
  const q = (typed.split('@')[0] ?? '').trim()
  const found = useQuery({
    queryKey: ['group-names', q],
    queryFn: async ({ signal }) =>
      (
        await request<SearchResource>('/api/v1/search', {
          query: { q, kind: 'group', limit: 10 },
          signal,
        })
      ).data.data,
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  return found.data ?? []
}
