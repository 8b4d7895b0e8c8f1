import { and, eq, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { type InputPositions, transformationStates } from '@/db/schema'
import { isoOfDatabaseTime } from '@/lib/online'
import type { TransformationWindow } from './bind-window'

/** One version in one environment: what has one transformation and one history. */
export interface Place {
  versionId: string
  environment: string
}

export interface TransformationState {
  /** Every event time up to here has been computed; RFC 3339. */
  watermark: string | null
  scheduledThrough: string | null
  handled: InputPositions
  attempted: InputPositions
  runAs: string | null
  refusal: string | null
}

const nothing: TransformationState = {
  watermark: null,
  scheduledThrough: null,
  handled: {},
  attempted: {},
  runAs: null,
  refusal: null,
}

const own = ({ versionId, environment }: Place) =>
  and(eq(transformationStates.versionId, versionId), eq(transformationStates.environment, environment))

const instant = (text: string | null) => (text === null ? null : isoOfDatabaseTime(text))

/** How far the transformation has come; all null before its first run. */
export async function stateOf(place: Place, executor: Executor = db()): Promise<TransformationState> {
  const [row] = await executor.select().from(transformationStates).where(own(place))
  if (!row) return nothing
  const { handled, attempted, runAs, refusal } = row
  return {
    watermark: instant(row.watermark),
    scheduledThrough: instant(row.scheduledThrough),
    handled,
    attempted,
    runAs,
    refusal,
  }
}

/** Changes members of the state, whether it was there or not. */
export async function saveState(
  executor: Executor,
  { versionId, environment }: Place,
  change: Partial<typeof transformationStates.$inferInsert>,
): Promise<void> {
  await executor
    .insert(transformationStates)
    .values({ ...change, versionId, environment })
    .onConflictDoUpdate({
      target: [transformationStates.versionId, transformationStates.environment],
      set: { ...change, versionId },
    })
}

/**
 * A window has been computed: in the transaction of its commit. The watermark moves only over a window that joins it,
 * whether the window held rows or not; the first window of all begins the history.
 */
export async function advanceWatermark(
  tx: Executor,
  place: Place,
  { from, to }: TransformationWindow,
): Promise<void> {
  const { watermark } = transformationStates
  await tx
    .insert(transformationStates)
    .values({ ...place, watermark: to })
    .onConflictDoUpdate({
      target: [transformationStates.versionId, transformationStates.environment],
      set: {
        watermark: sql`case when ${watermark} is null then ${to}::timestamptz
          when ${from}::timestamptz <= ${watermark} then greatest(${watermark}, ${to}::timestamptz) else ${watermark} end`,
      },
    })
}
