import { invalidField } from '@/lib/core/errors'

/** A cursor is the sort key of the last row that was given, opaque to callers. */
const encodeCursor = (sortKey: string) => Buffer.from(sortKey).toString('base64url')

const longestKey = 300

export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const sortKey = Buffer.from(cursor, 'base64url').toString()
  if (sortKey === '' || sortKey.length > longestKey || sortKey.includes('\u0000'))
    throw invalidField('/cursor', 'This cursor was not given by this list.')
  return sortKey
}

/** One page out of `limit + 1` rows: the extra one says that there is more. */
export function pageOf<R, T>(
  rows: R[],
  limit: number,
  total: number,
  sortKeyOf: (row: R) => string,
  serialize: (row: R) => T,
) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    data: shown.map(serialize),
    meta: { next_cursor: more ? encodeCursor(sortKeyOf(last)) : null, total },
  }
}
