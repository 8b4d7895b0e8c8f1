import type { Context } from '@/lib/core/context'
import { microsFromDate } from '@/lib/core/feature-type'
import type { ServingVersion } from '@/lib/registry'
import type { RowBounds } from './check-row'
import { type Door, openDoor } from './door/door'
import type { IngestMode } from './faults'
import { type RowPlan, rowPlan } from './row-plan'

export interface StageOptions {
  plan: RowPlan
  mode: IngestMode
  bounds: RowBounds
  /** Rows later than this are not online yet. */
  nowMicros: bigint
  signal: AbortSignal
}

/** How rows of this version are staged at this moment. */
export function stageOptions(
  ctx: Context,
  version: ServingVersion,
  mode: IngestMode,
  door: Door = openDoor,
): StageOptions {
  const nowMicros = microsFromDate(ctx.now())
  return {
    plan: rowPlan(version, door),
    mode,
    bounds: { latestMicros: nowMicros + BigInt(version.allowedSkewSeconds) * 1_000_000n },
    nowMicros,
    signal: ctx.signal,
  }
}
