import type { ListNotificationsQuery, NoticeKind } from '@/lib/notify/operations'

export interface InboxPlace {
  state: ListNotificationsQuery['state']
  kind: NoticeKind | null
  unread: boolean
}

/** The address of a view of the inbox; the page itself has none of the defaults in it. */
export function inboxHref({ state, kind, unread }: InboxPlace, cursor?: string): string {
  const search = new URLSearchParams()
  if (state !== 'open') search.set('state', state)
  if (kind) search.set('kind', kind)
  if (unread) search.set('unread', 'true')
  if (cursor) search.set('cursor', cursor)
  const text = search.toString()
  return text === '' ? '/inbox' : `/inbox?${text}`
}
