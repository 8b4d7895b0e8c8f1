import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import type { CommitResource } from './operations'
import type { CommitRow, LinkedCommit } from './revert/find-commit'

const iso = (text: string | null) => (text === null ? null : isoOfDatabaseTime(text))
const byOf = ({ actorKind, actorName }: CommitRow) => ({ kind: actorKind, name: actorName })

export const toCommitResource = (
  version: ServingVersion,
  { commit, reverts, revertedBy, held }: LinkedCommit,
): CommitResource => ({
  id: commit.id,
  group: version.groupName,
  version: version.major,
  environment: commit.environment,
  kind: commit.kind,
  created: isoOfDatabaseTime(commit.created),
  rows: commit.rows,
  tombstones: commit.tombstones,
  quarantined: commit.quarantined,
  held,
  superseded: commit.onlineState === 'pending' ? null : commit.superseded,
  min_event_time: iso(commit.minEventTime),
  max_event_time: iso(commit.maxEventTime),
  online: commit.onlineState,
  by: byOf(commit),
  via: commit.via,
  state: revertedBy ? 'reverted' : 'in_force',
  reason: commit.reason,
  reverts: reverts && {
    id: reverts.id,
    kind: reverts.kind,
    created: isoOfDatabaseTime(reverts.created),
    rows: reverts.rows,
  },
  reverted_by: revertedBy && {
    id: revertedBy.id,
    created: isoOfDatabaseTime(revertedBy.created),
    by: byOf(revertedBy),
    reason: revertedBy.reason,
  },
})
