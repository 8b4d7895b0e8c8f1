import { DomainError } from '@/lib/core/errors'
import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { mostRowsInTransaction } from '../newest-rows'
import type { CommitRow, LinkedCommit } from './find-commit'

/** What a revert of a commit means: to hide its rows, or, when it was a revert itself, to bring back what it hid. */
export interface Reversal {
  kind: 'hide' | 'restore'
  /** The commit whose rows it is about. */
  commit: CommitRow
  /** The commit that is named as reverted. */
  named: CommitRow
}

/** The guards of a revert, by what is stored. Throws `conflict` naming the revert that stands in the way. */
export function reversalOf(version: ServingVersion, { commit, reverts, revertedBy }: LinkedCommit): Reversal {
  if (revertedBy) {
    const at = isoOfDatabaseTime(revertedBy.created)
    throw new DomainError(
      'conflict',
      `Commit ${commit.id} was reverted already, by ${revertedBy.actorName} at ${at} with commit ${revertedBy.id}.`,
      { extensions: { reverted_by: revertedBy.id } },
    )
  }
  if (!reverts) return { kind: 'hide', commit, named: commit }
  if (reverts.kind !== 'revert') return { kind: 'restore', commit: reverts, named: commit }
  throw new DomainError(
    'conflict',
    `Commit ${commit.id} brought the rows of commit ${reverts.reverts} of ${version.groupName}@${version.major} back; revert that one instead.`,
    { extensions: { revert_instead: reverts.reverts } },
  )
}

/** Whether rows of the commit are, or may be, in the online store. */
export const touchesOnline = (version: ServingVersion, { onlineState, onlineSpans }: CommitRow): boolean =>
  version.online && (onlineState === 'done' || onlineState === 'pending' || onlineSpans !== null)

/** Too much for the one transaction: the online half follows by the outbox; so it does where other rows come back. */
export const isLarge = ({ rows, onlineState, replacesUntil }: CommitRow): boolean =>
  rows > mostRowsInTransaction || onlineState === 'pending' || replacesUntil !== null
