import type { WatchedKind } from '@/lib/offline'
import type { WindowKind } from './calendar'
import type { BlockFloors } from './distances/block-floors'
import type { Profile } from './distances/profile'
import type { Frozen } from './profile-of'

/** What is stored of a reference, once and for good when `frozen` is true. */
export interface ReferenceStatistics {
  /** The history has gone past it and it has enough rows; until then it moves with the history. */
  frozen: boolean
  from: string
  kind: WatchedKind
  /** Bins, grid and listed values: every window is counted on them. */
  basis: Frozen
  profile: Profile
  /** What windows of a length reach inside the reference, where nothing drifts by definition. */
  floors: Record<WindowKind, BlockFloors | null>
}

/** What later windows of one feature are compared with. */
export interface Reference extends ReferenceStatistics {
  id: string
  feature: string
  fromMs: number
  toMs: number
  /** `created` of the newest commit that its numbers include. */
  asOf: string
}
