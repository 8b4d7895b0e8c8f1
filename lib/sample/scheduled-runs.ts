import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { listTransformationRuns, scheduleRuns } from '@/lib/ingestion'
import { flightGroups } from './groups'

const betweenLooksMilliseconds = 200
/** More runs than one day can cause for one group. */
const mostRuns = 20

type Run = Awaited<ReturnType<typeof listTransformationRuns>>['data'][number] & { group: string }

async function latestRuns(ctx: Context): Promise<Run[]> {
  const pages = await Promise.all(
    flightGroups.map(async ({ name: group }) => {
      const { data } = await listTransformationRuns(ctx, { group, limit: mostRuns })
      return data.map((run) => ({ ...run, group }))
    }),
  )
  return pages.flat()
}

const isUnderWay = ({ state }: Run) => state === 'queued' || state === 'running'

async function settle(ctx: Context): Promise<Run[]> {
  for (;;) {
    const queued = await scheduleRuns(ctx.signal)
    let runs = await latestRuns(ctx)
    const isQuiet = queued.length === 0 && !runs.some(isUnderWay)
    while (runs.some(isUnderWay)) {
      await wait(betweenLooksMilliseconds, undefined, { signal: ctx.signal })
      runs = await latestRuns(ctx)
    }
    // Only a look that found nothing to do ends it: a run may have begun before the last file came.
    if (isQuiet) return runs
  }
}

/**
 * Lets new data come and waits until the scheduler's runs have taken them in. Returns how many rows were computed.
 * Errors: conflict when a run failed, naming its group and reason.
 */
export async function afterArrival(ctx: Context, arrive: () => Promise<void>): Promise<number> {
  const before = new Set((await latestRuns(ctx)).map(({ job }) => job))
  await arrive()
  const made = (await settle(ctx)).filter(({ job }) => !before.has(job))
  const failed = made.find(({ state }) => state !== 'succeeded')
  if (failed)
    throw new DomainError('conflict', `The run of ${failed.group} ${failed.state}: ${failed.error ?? ''}`)
  return made.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
}
