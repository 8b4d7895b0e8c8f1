import type { Pager } from '@/components/data-table/types'

export type SettingsParams = Record<string, string | string[] | undefined>

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** What the lists of settings take from the address, for their use case. */
export const listInput = (params: SettingsParams) => ({
  ...(one(params.cursor) ? { cursor: one(params.cursor) } : {}),
  ...(one(params.limit) ? { limit: one(params.limit) } : {}),
})

/** The row whose panel is open: the parameter `open`. */
export const openRow = (params: SettingsParams): string | undefined => one(params.open)

/** The list's address with a row's panel open, or with none. */
export function panelHref(path: string, params: SettingsParams, open: string | null): string {
  const search = new URLSearchParams()
  for (const name of ['cursor', 'limit']) {
    const value = one(params[name])
    if (value) search.set(name, value)
  }
  if (open !== null) search.set('open', open)
  const query = search.toString()
  return query ? `${path}?${query}` : path
}

/** The pager of a list that is read by cursor. */
export const pagerOf = (
  params: SettingsParams,
  { data, meta }: { data: unknown[]; meta: { next_cursor: string | null; total: number } },
): Pager => ({
  kind: 'cursor',
  cursor: one(params.cursor) ?? null,
  nextCursor: meta.next_cursor,
  pageSize: data.length,
  total: meta.total,
})
