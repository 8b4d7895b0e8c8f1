'use client'
import { useQuery } from '@tanstack/react-query'
import { request } from '@/lib/api-client'
import type { ImpactResource } from '@/lib/registry/operations'

export interface Fit {
  /** What readers would have to change; null while it is not known. */
  found: ImpactResource['replacement']
  /** Nothing was named, or what was named can take over. */
  isChecked: boolean
  isChecking: boolean
  /** Why it could not be checked. */
  failure: string | undefined
  retry: () => void
}

/** Whether the replacement that is typed can take over; it is asked about only when it is the one `asked`. */
export function useFit(group: string, version: number, typed: string, asked: string): Fit {
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/impact`
  const replacement = asked === typed ? asked : ''
  const query = useQuery({
    queryKey: ['replacement', group, version, replacement],
    queryFn: async ({ signal }) =>
      (await request<ImpactResource>(path, { query: { version, replacement }, signal })).data,
    enabled: replacement !== '',
    retry: false,
  })
  const found = query.data?.replacement ?? null
  return {
    found,
    isChecked: typed === '' || (found !== null && !found.refused),
    isChecking: query.isFetching,
    failure: query.error?.message,
    retry: () => void query.refetch(),
  }
}
