import { overviewQuery } from '@/lib/monitoring/operations'

export type PageParams = Record<string, string | string[] | undefined>

const { team, state, limit, cursor } = overviewQuery.shape

/** What of the address the overview understands; anything malformed is left out. */
export function queryOf(params: PageParams) {
  const cursorText = cursor.safeParse(params.cursor).data
  return {
    limit: limit.safeParse(params.limit).data ?? 50,
    team: team.safeParse(params.team || undefined).data,
    state: state.safeParse(params.state || undefined).data,
    ...(cursorText !== undefined && /^\d{1,9}$/.test(cursorText) ? { cursor: cursorText } : {}),
  }
}

export type OverviewQuery = ReturnType<typeof queryOf>
