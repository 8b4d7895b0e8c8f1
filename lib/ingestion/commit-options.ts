import type { Transaction } from '@/db/client'
import type { commits } from '@/db/schema'
import type { Decision } from '@/lib/authz'
import type { WrittenFile } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import type { IngestAnswer } from './operations'
import type { Replacing } from './replace/find-replaced'
import type { EventTimes } from './revert/replaced-rows'
import type { StagedBatch } from './staged-batch'
import type { Move } from './staging'

export type CommitKind = (typeof commits.$inferInsert)['kind']

export interface CommitOptions {
  version: ServingVersion
  kind: CommitKind
  to: 'both' | 'offline'
  /** What allowed the write; its audit row names it. */
  decision: Decision
  /** Rows of these event times from earlier runs give way to those of the batch. */
  replaces?: EventTimes
  /** More of the same act, in its transaction: the idempotent answer, quarantined rows that were replayed. */
  also?: (tx: Transaction, answer: IngestAnswer) => Promise<void>
}

export interface Part extends Move {
  file: WrittenFile
}

export type OnlineState = (typeof commits.$inferInsert)['onlineState']

export interface Commit {
  id: string
  created: string
  parts: Part[]
  unfiled: StagedBatch['unfiled']
  rows: number
  onlineState: OnlineState
  superseded: number
  replacing: Replacing | null
}
