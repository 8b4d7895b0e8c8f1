import { sql } from 'drizzle-orm'
import { db, listen } from '@/db/client'
import { logger } from '@/lib/core/logger'

/** A commit that has happened. */
export interface CommitEvent {
  commit: string
  versionId: string
  group: string
  major: number
  environment: string
  /** RFC 3339. */
  created: string
  rows: number
}

/** Where rows arrived. */
export type CommitPlace = Pick<CommitEvent, 'group' | 'major' | 'environment'>

const channel = 'almanac_commits'

function parsePlace(payload: string): CommitPlace | null {
  const event: { group?: unknown; major?: unknown; environment?: unknown } = JSON.parse(payload)
  const { group, major, environment } = event
  return typeof group === 'string' && typeof major === 'number' && typeof environment === 'string'
    ? { group, major, environment }
    : null
}

/**
 * Higher rooms hear of commits here, after they happened and from any process: statistics, lineage, alerts.
 * `onMissed` is called at first and whenever the connection was made anew: commits may have gone unheard.
 */
export const listenToCommits = (
  onCommit: (place: CommitPlace) => void,
  onMissed: () => void,
): Promise<{ stop: () => Promise<void> }> =>
  listen(
    channel,
    (payload) => {
      const place = parsePlace(payload)
      if (place) onCommit(place)
    },
    onMissed,
  )

/** Tells the listeners. After the transaction, since a notification in it makes all commits take turns. */
export function announceCommit(event: CommitEvent): void {
  db()
    .execute(sql`select pg_notify(${channel}, ${JSON.stringify(event)})`)
    .catch((error: unknown) =>
      logger().warn({ err: error, commit: event.commit }, 'a commit was not announced'),
    )
}
