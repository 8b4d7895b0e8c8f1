import { DomainError } from '@/lib/core/errors'

/** What cannot change has one version: its ETag is `"1"`. */
export const onlyEtag = '"1"'

/** Holds a change or a removal to what its author saw. Errors: `precondition_required`, `precondition_failed`. */
export function requireMatch(ifMatch: string | null, etag: string = onlyEtag): void {
  if (!ifMatch?.trim()) {
    throw new DomainError('precondition_required', 'State the ETag that was read in If-Match, or `*`.')
  }
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!tags.includes('*') && !tags.includes(etag)) {
    throw new DomainError('precondition_failed', 'It is not what If-Match names. Read it again.')
  }
}
