import { db, outsideTransaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { endJob } from '@/lib/queue'
import { applyDefinitions } from '../apply-definitions'
import { planDefinitions } from '../plan-definitions'
import type { PlanResource, RunAct } from '../resources'
import { endRun, findRun, unpacked } from './kept'

interface Run {
  id: string
  ctx: Context
  progress: (done: number, total: number | null, message: string) => Promise<void>
}

/** What a job tells of itself; the whole stands in the run. */
const briefly = ({ id }: Run, { plan, summary }: PlanResource) => ({
  plan,
  summary,
  run: `/api/v1/definitions/runs/${id}`,
})

async function perform(run: Run, act: RunAct, input: unknown): Promise<Record<string, unknown>> {
  const { id, ctx } = run
  // Seen by others while the transaction of the acts is open; and a job's row is never held by it.
  const progress: Run['progress'] = (...said) => outsideTransaction(() => run.progress(...said))
  if (act === 'plan') {
    const plan = await planDefinitions(ctx, input, progress)
    await endRun(db(), id, { outcome: plan })
    return briefly(run, plan)
  }
  const applied = await applyDefinitions(ctx, input, {
    progress,
    // The job ends in the transaction too: one that reads as cancelled, or as failed, has applied nothing.
    keep: async (outcome) => {
      await endRun(db(), id, { outcome })
      await endJob(id, ctx.now(), { state: 'succeeded', result: briefly(run, outcome) })
    },
  })
  return briefly(run, applied)
}

/** The job of a plan or an application. What a run before it left undone was rolled back: it begins anew. */
export async function performRun(run: Run): Promise<Record<string, unknown>> {
  const row = await findRun(run.id)
  if (row?.outcome) return briefly(run, await unpacked<PlanResource>(row.outcome))
  if (!row?.input) throw new DomainError('conflict', 'The files of this run are gone.')
  try {
    return await perform(run, row.act, await unpacked(row.input))
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'unavailable')
      await endRun(db(), run.id, {
        problem: { detail: error.message, errors: error.details.errors ?? [] },
      })
    throw error
  }
}
