import type { z } from 'zod'
import type { Context } from '@/lib/core/context'

/** What a job's handler is given. */
export interface JobRun<I> {
  id: string
  /** The rights of whoever asked, as they are now. `signal` fires when the job is cancelled or the process stops. */
  ctx: Context
  input: I
  /** From 1. */
  attempt: number
  /** The last checkpoint, when an earlier run did not come to its end. */
  saved: Record<string, unknown> | null
  checkpoint: (state: Record<string, unknown>) => Promise<void>
  /** Kept a few times a second at most; `total` null: nobody knows how much there is. */
  progress: (done: number, total: number | null, message: string) => Promise<void>
  log: (line: string) => Promise<void>
}

export type JobHandler<I> = (run: JobRun<I>) => Promise<Record<string, unknown>>

export interface JobDefinition<I> {
  kind: string
  input: z.ZodType<I>
  /** After a crash or a stop: true goes on (from `saved`), false fails. */
  resumable: boolean
  /** How many of this kind run at once in one process; 1 when absent. */
  concurrency?: number
  /** Further attempts after a failure with `unavailable`; 0 when absent. */
  retries?: number
  /** Imported when the first one runs, so that a process that runs none does not pay for it. */
  load: () => Promise<JobHandler<I>>
}

/** A definition whose input has been checked: the runner need not know each one's type. */
export interface RunnableJob extends Omit<JobDefinition<unknown>, 'input' | 'load'> {
  /** Errors: those of the input's schema. */
  run: (run: Omit<JobRun<unknown>, 'input'>, input: unknown) => Promise<Record<string, unknown>>
}

export const defineJob = <I>({ input, load, ...definition }: JobDefinition<I>): RunnableJob => ({
  ...definition,
  run: async (run, given) => (await load())({ ...run, input: input.parse(given) }),
})
