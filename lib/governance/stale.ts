import { baseOf, followedBy } from '@/lib/registry'
import type { VersionInGroup } from './queries'
import type { Candidate } from './waiting'

/** Whether what a version follows has changed since it was submitted; `versions` newest first. */
export function isStale({ row, loaded }: Candidate, versions: readonly VersionInGroup[]): boolean {
  if (row.version.state !== 'in_review' || !loaded || loaded.review.submittedAt === null) return false
  const followed = followedBy(
    versions.map(({ version }) => version),
    row.version.major,
  )
  return baseOf(followed) !== loaded.review.base
}
