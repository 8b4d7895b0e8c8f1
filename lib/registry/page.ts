import { DomainError } from '@/lib/core/errors'
import type { Page } from './resources'

const mostOffset = 1_000_000

const cursorOf = (offset: number) => Buffer.from(`o${offset}`).toString('base64url')

/** Rows to leave out before the page that a cursor begins. 422 when it is none of ours. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const offset = /^o(\d{1,7})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (offset !== undefined && Number(offset) <= mostOffset) return Number(offset)
  throw new DomainError('invalid', 'The cursor is not one that a list has given out.', {
    errors: [{ pointer: '/cursor', reason: 'is not a cursor', code: 'invalid' }],
  })
}

/** A page of a list with the cursor of the next one. `total` counts what the caller may see, on all pages. */
export function pageOf<T>(data: T[], offset: number, limit: number, total: number): Page<T> {
  const next = offset + limit
  return { data, meta: { next_cursor: next < total ? cursorOf(next) : null, total } }
}
