import { DomainError } from '@/lib/core/errors'
import { etagOf } from './serialize'

/**
 * Holds a change to what its author saw: `ifMatch` is the If-Match header, `revision` what is stored now.
 * Errors: `precondition_required` when absent, `precondition_failed` when somebody else was faster.
 */
export function requireMatch(ifMatch: string | null, revision: number): void {
  if (ifMatch === null || ifMatch.trim() === '') {
    throw new DomainError(
      'precondition_required',
      'State the ETag that was read in If-Match, or `*` to overwrite whatever is there.',
    )
  }
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (tags.includes('*') || tags.includes(etagOf(revision))) return
  throw new DomainError(
    'precondition_failed',
    'It was changed since it was read. Read it again, and make the change on what is there now.',
    { headers: { etag: etagOf(revision) } },
  )
}
