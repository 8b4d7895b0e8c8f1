'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ProblemError, request } from '@/lib/api-client'
import type { ViewPage, ViewResource } from '@/lib/views/operations'

const path = '/api/v1/saved-views'
const key = ['saved-views'] as const

const read = async (signal: AbortSignal) =>
  (await request<ViewPage>(path, { query: { limit: 200 }, signal })).data

/** The views that the reader keeps or is shown, by name. */
export const useViews = () => useQuery({ queryKey: key, queryFn: ({ signal }) => read(signal) })

type NewView = Pick<ViewResource, 'name' | 'query' | 'shared_with'> & { team?: string }

export type ViewAct =
  | { act: 'create'; view: NewView }
  | { act: 'change'; view: ViewResource; to: Partial<NewView> }
  | { act: 'delete'; view: ViewResource }

function send(one: ViewAct) {
  if (one.act === 'create') return request<ViewResource>(path, { method: 'POST', body: one.view })
  const { id, etag } = one.view
  const own = { headers: { 'if-match': etag } }
  return one.act === 'delete'
    ? request<ViewResource>(`${path}/${id}`, { method: 'DELETE', ...own })
    : request<ViewResource>(`${path}/${id}`, { method: 'PATCH', body: one.to, ...own })
}

/** Keeps, changes and deletes views; the list is asked again behind each. */
export function useViewAct() {
  const client = useQueryClient()
  return useMutation<unknown, ProblemError, ViewAct>({
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
}
