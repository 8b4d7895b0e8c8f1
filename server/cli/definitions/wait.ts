import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { DomainError } from '@/lib/core/errors'
import type { BegunRunResource, PlanResource, RunResource } from '@/lib/definitions/operations'
import { exitCodes } from './exit-codes'
import { call, type Portal } from './portal'

const attempts = 5
const betweenLooksMilliseconds = 1000
/** In a log that is no terminal, a line now and then. */
const betweenLinesMilliseconds = 15_000

/** Tries again where the portal was not reached: the key makes of it the same act. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isAway = error instanceof DomainError && error.code === 'unavailable'
      if (!isAway || attempt === attempts) throw error
      await wait(betweenLooksMilliseconds * attempt)
    }
  }
}

/** How far it is, on standard error: the result alone goes to standard output. */
function teller() {
  let said = ''
  let last = Number.NEGATIVE_INFINITY
  return ({ state, progress }: RunResource) => {
    const text = progress ? `${progress.done} of ${progress.total}: ${progress.message}` : state
    const isLive = process.stderr.isTTY
    if (text === said || (!isLive && performance.now() - last < betweenLinesMilliseconds)) return
    process.stderr.write(isLive ? `\r\u001b[K${text}` : `${text}\n`)
    said = text
    last = performance.now()
  }
}

function whenInterrupted(act: string, job: string): () => void {
  const leave = () => {
    process.stderr.write(
      `\nJob ${job} goes on. See it with: almanac ${act} --job ${job}\nEnd it under Operations, Jobs, or with POST /api/v1/jobs/${job}/cancel.\n`,
    )
    process.exit(exitCodes.interrupted)
  }
  process.once('SIGINT', leave)
  return () => void process.off('SIGINT', leave)
}

const isOver = ({ state }: RunResource) => state !== 'queued' && state !== 'running'

async function watched(portal: Portal, job: string): Promise<RunResource> {
  const tell = teller()
  for (;;) {
    const run = await persistently(() => call<RunResource>(portal, `/definitions/runs/${job}`))
    tell(run)
    if (isOver(run)) return run
    await wait(betweenLooksMilliseconds)
  }
}

/**
 * Waits for a plan or an application that is a job. Errors: why it failed, in the portal's words; `conflict` when it
 * was cancelled, or when it is the other of the two.
 */
export async function outcomeOf<T extends PlanResource>(
  portal: Portal,
  act: BegunRunResource['act'],
  job: string,
): Promise<T> {
  const done = whenInterrupted(act, job)
  const run = await watched(portal, job).finally(done)
  if (process.stderr.isTTY) process.stderr.write('\n')
  if (run.act !== act) throw new DomainError('conflict', `Job ${job} is of almanac ${run.act}.`)
  if (run.state === 'cancelled')
    throw new DomainError('conflict', `Job ${job} was cancelled: nothing was applied.`)
  if (run.problem) throw new DomainError('invalid', run.problem.detail, { errors: run.problem.errors })
  // A run that has succeeded has the outcome of its act.
  return run.outcome as T
}

/** Plans or applies files, at once or, where they are many, by a job that is waited for. */
export async function carriedOut<T extends PlanResource>(
  portal: Portal,
  act: BegunRunResource['act'],
  body: unknown,
): Promise<T> {
  const key = randomUUID()
  const answer = await persistently(() =>
    call<T | BegunRunResource>(portal, `/definitions/${act}`, body, { 'idempotency-key': key }),
  )
  if (!('job' in answer)) return answer
  process.stderr.write(`Job ${answer.job}. Ctrl-C leaves it running.\n`)
  return outcomeOf<T>(portal, act, answer.job)
}
