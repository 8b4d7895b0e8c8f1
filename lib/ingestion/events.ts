import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'

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

type Listener = (event: CommitEvent) => void | Promise<void>

const listeners = () => singleton<Set<Listener>>('commitListeners', () => new Set())

/** Higher rooms hear of commits here, after they happened: statistics, lineage, alerts. Returns how to stop hearing. */
export function onCommit(listener: Listener): () => void {
  listeners().add(listener)
  return () => listeners().delete(listener)
}

/** Tells the listeners; what they do wrong is theirs and never the writer's. */
export function announceCommit(event: CommitEvent): void {
  for (const listener of listeners()) {
    Promise.resolve()
      .then(() => listener(event))
      .catch((error: unknown) =>
        logger().error({ err: error, commit: event.commit }, 'a listener failed after a commit'),
      )
  }
}
