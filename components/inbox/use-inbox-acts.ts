'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ProblemError, request } from '@/lib/api-client'

const path = (id: string, act: string) => `/api/v1/notifications/${encodeURIComponent(id)}/${act}`

interface Done {
  ids: string[]
  /** "Done: Version 2 is served." */
  text: string
}

interface Act {
  work: () => Promise<Done | null>
}

export const countKey = ['notifications', 'count'] as const

/** What can be done with notifications; the last act can be taken back until the next one. */
export function useInboxActs() {
  const router = useRouter()
  const client = useQueryClient()
  const [undoable, setUndoable] = useState<Done | null>(null)
  const act = useMutation<Done | null, ProblemError, Act>({
    mutationFn: ({ work }) => work(),
    onSuccess: setUndoable,
    onSettled: () => {
      router.refresh()
      return client.invalidateQueries({ queryKey: countKey })
    },
  })
  const post = (id: string, name: string, done: string | null, body?: unknown) =>
    act.mutate({
      work: async () => {
        await request(path(id, name), { method: 'POST', ...(body === undefined ? {} : { body }) })
        return done === null ? null : { ids: [id], text: done }
      },
    })
  return {
    pending: act.isPending,
    failure: act.error?.problem.detail ?? null,
    undoable,
    done: (id: string, title: string) => post(id, 'done', `Done: ${title}`),
    reopen: (id: string) => post(id, 'reopen', null),
    snooze: (id: string, title: string, until: Date) =>
      post(id, 'snooze', `Snoozed: ${title}`, { until: until.toISOString() }),
    acknowledge: (id: string) => post(id, 'acknowledge', null),
    read: (id: string) => post(id, 'read', null),
    doneAll: (kinds: readonly string[] | null) =>
      act.mutate({
        work: async () => {
          const { data } = await request<{ ids: string[] }>('/api/v1/notifications/done', {
            method: 'POST',
            body: kinds ? { kinds } : {},
          })
          return { ids: data.ids, text: `Done: ${data.ids.length}` }
        },
      }),
    undo: () => {
      const ids = undoable?.ids ?? []
      if (ids.length === 0) return
      act.mutate({
        work: async () => {
          await request('/api/v1/notifications/reopen', { method: 'POST', body: { ids } })
          return null
        },
      })
    },
  }
}

export type InboxActs = ReturnType<typeof useInboxActs>
