import type { FeedbackFilter } from '@/components/feedback/feedback-view'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getFeedback, listFeedback } from '@/lib/feedback'
import { type ListFeedbackQuery, listFeedbackQuery } from '@/lib/feedback/operations'
import type { SettingsParams } from '../list-view'

/** Of the address only what the list understands; without a state, what is open. */
export function askedOf(params: SettingsParams): { query: ListFeedbackQuery; filter: FeedbackFilter } {
  const { state = 'open', kind, path, cursor, limit } = params
  const asked = { kind, path, cursor, limit, ...(state === 'all' ? {} : { state }) }
  const { format: _, ...query } =
    listFeedbackQuery.safeParse(asked).data ?? listFeedbackQuery.parse({ state: 'open' })
  return {
    query,
    filter: {
      state: query.state ?? 'all',
      kind: query.kind ?? null,
      path: query.path ?? null,
      cursor: query.cursor ?? null,
      limit: typeof limit === 'string' ? query.limit : null,
    },
  }
}

/** What the caller may no longer know of is no failure of the list. */
async function oneOrNull(ctx: Context, id: string) {
  try {
    return await getFeedback(ctx, id)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

/** A page of the list, and with `open` one of them. */
export async function loadFeedback(ctx: Context, query: ListFeedbackQuery, open: string | undefined) {
  const [list, opened] = await Promise.all([
    listFeedback(ctx, query),
    open === undefined ? null : oneOrNull(ctx, open),
  ])
  return { list, opened }
}
