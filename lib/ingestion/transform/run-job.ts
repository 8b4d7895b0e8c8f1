import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { triggers } from '../run-operations'
import { writeTarget } from '../write-target'
import { performRun, type RunReport } from './perform-run'
import { withRunLock } from './run-lock'

/** What a queued run is asked to do. */
export const transformationJobInput = z.object({
  group: z.string(),
  version: z.int(),
  version_id: z.string(),
  environment: z.string(),
  trigger: z.enum(triggers),
  from: z.string().optional(),
  to: z.string().optional(),
  step: z.string().optional(),
  gaps_only: z.boolean().optional(),
})

export interface QueuedRun {
  id: string
  ctx: Context
  input: z.output<typeof transformationJobInput>
  saved: Record<string, unknown> | null
  progress: RunReport['progress']
  log: RunReport['log']
}

const throughOf = (saved: QueuedRun['saved']) =>
  typeof saved?.through === 'string' ? BigInt(saved.through) : null

/**
 * Runs a queued run, after those that are under way. A run that was interrupted goes on behind the windows it has
 * committed. Errors: as runTransformation.
 */
export async function runQueued(run: QueuedRun): Promise<Record<string, unknown>> {
  const { id, ctx, input, saved, progress, log } = run
  const { group, version: major, version_id: versionId } = input
  const target = await writeTarget(ctx, { group, version: major }, 'both')
  const { version } = target
  if (version.versionId !== versionId) {
    throw new DomainError('conflict', `${group}@${major} is another one than when the run was asked for.`)
  }
  const waits = () => progress(0, null, 'waits for the run before it')
  return withRunLock(
    version,
    async () => {
      const request = { from: input.from, to: input.to, step: input.step, gapsOnly: input.gaps_only }
      const finish = async () => {}
      const report = { job: id, through: throughOf(saved), progress, log, finish }
      const { windows, ...result } = await performRun(ctx, target, request, report)
      return { ...result, windows: windows.length }
    },
    { signal: ctx.signal, waits },
  )
}
