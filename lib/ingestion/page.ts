import { invalidField } from '@/lib/core/errors'

export interface Page<T> {
  data: T[]
  meta: { next_cursor: string | null; total: number }
}

/** A cursor is opaque to callers: the sort key of the last row. */
export const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url')

/** The sort key in a cursor; null without one. 422 when `pattern` does not know it. */
export function decodeCursor(cursor: string | undefined, pattern: RegExp): string | null {
  if (cursor === undefined) return null
  const key = Buffer.from(cursor, 'base64url').toString()
  if (!pattern.test(key)) throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  return key
}
