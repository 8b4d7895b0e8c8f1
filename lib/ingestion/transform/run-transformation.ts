import { and, eq, isNull, max } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { writeRows } from '../write-rows'
import { mayWriteAtAll, type WriteTarget, writeTarget } from '../write-target'
import { bindWindow, type TransformationWindow, timestampLiteral } from './bind-window'
import { refuseUnsteady } from './refuse-unsteady'
import { resolveInputs } from './resolve-inputs'
import { withRunLock } from './run-lock'
import { stageSelect } from './stage-select'
import { failJob, startJob, succeedJob } from './transformation-jobs'

/** Earlier than any event: the first run computes everything. */
const beginning = '0001-01-01T00:00:00.000000Z'

const runTransformationInput = z.strictObject({
  group: z.string().max(1000),
  version: z.int().min(1).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})

interface TransformationRun {
  /** Id of the job. */
  job: string
  group: string
  version: number
  environment: string
  /** Event times later than `from`, up to `to`, were computed. */
  from: string
  to: string
  rows: number
  /** Null when the window held no row. */
  commit: string | null
}

const utc = (instant: string) => new Date(instant).toISOString()

/** Every event time up to here has been computed: the newest of the commits that runs made. */
async function watermark({ versionId, environment }: ServingVersion): Promise<string | null> {
  const [row] = await db()
    .select({ newest: max(commits.maxEventTime) })
    .from(commits)
    .where(
      and(
        eq(commits.versionId, versionId),
        eq(commits.environment, environment),
        eq(commits.kind, 'transformation'),
        isNull(commits.revertedBy),
      ),
    )
  return row?.newest ? isoOfDatabaseTime(row.newest) : null
}

async function windowOf(
  ctx: Context,
  version: ServingVersion,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<TransformationWindow> {
  const window = {
    from: from ? utc(from) : ((await watermark(version)) ?? beginning),
    to: to ? utc(to) : ctx.now().toISOString(),
  }
  if (Date.parse(window.to) > ctx.now().getTime()) throw invalidField('/to', '`to` lies in the future.')
  if (from && window.from >= window.to) throw invalidField('/from', '`from` must lie before `to`.')
  return window
}

/** What the engine runs: the rows of the window and no others, whatever the SQL itself selects. */
function windowedSql(version: ServingVersion, sql: string, { from, to }: TransformationWindow): string {
  const time = `"${version.timestampKey.replaceAll('"', '""')}"`
  const inside = `${time} > ${timestampLiteral(from)} and ${time} <= ${timestampLiteral(to)}`
  // A row without a time is kept, so that it is refused and not lost.
  return `select * from (\n${sql.replace(/[\s;]+$/, '')}\n) as computed where (${inside}) or ${time} is null`
}

async function compute(ctx: Context, target: WriteTarget, window: TransformationWindow, job: string) {
  const { version } = target
  const { transformation } = version
  if (!transformation) {
    throw new DomainError('conflict', `${version.groupName}@${version.major} has no transformation.`)
  }
  refuseUnsteady(transformation.sql)
  const inputs = await resolveInputs(ctx, transformation.inputs)
  const sql = windowedSql(version, bindWindow(transformation.sql, window), window)
  return writeRows(ctx, {
    target,
    kind: 'transformation',
    mode: 'strict',
    to: 'both',
    stage: (options) => stageSelect(options, { sql, inputs, online: version.online }),
    also: (tx, { commit, accepted }) => succeedJob(tx, ctx, job, { commit, rows: accepted }),
  })
}

/**
 * Runs a group's transformation over its declared inputs for the event times after the last run (or a window that is
 * named), and commits the rows as one commit; the job row tells how it went. A failed run changes nothing.
 * Errors: forbidden, not_found, conflict (no transformation, closed version), in_progress, invalid, unavailable.
 */
export async function runTransformation(ctx: Context, input: unknown): Promise<TransformationRun> {
  await mayWriteAtAll(ctx, 'both')
  const { group, version: major, from, to } = parseInput(runTransformationInput, input)
  const target = await writeTarget(ctx, { group, ...(major === undefined ? {} : { version: major }) }, 'both')
  const { version } = target
  return withRunLock(version, async () => {
    const window = await windowOf(ctx, version, { from, to })
    const job = await startJob(ctx, version, window)
    try {
      const { commit, accepted } = await compute(ctx, target, window, job)
      const { groupName, major: number, environment } = version
      return { job, group: groupName, version: number, environment, ...window, rows: accepted, commit }
    } catch (error) {
      await failJob(ctx, job, error)
      throw error
    }
  })
}
