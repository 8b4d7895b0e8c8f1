import { logger } from '@/lib/core/logger'
import { systemContext } from '@/lib/identity'
import { abandoned, claimNext, endJob, heartbeat, type JobRow, requeue } from '@/lib/queue'
import type { RunnableJob } from './define-job'
import { runJob, type Stop } from './run-job'

const pollMilliseconds = 500
const heartbeatMilliseconds = 2000
/** A job that brought its process down this often would do so again. */
const mostAttempts = 5

interface Running {
  kind: string
  abort: (stop: Stop) => void
  ended: Promise<void>
}

/** What a process that has ended left behind. */
async function takeOver(definitions: Map<string, RunnableJob>): Promise<void> {
  const { now } = systemContext()
  for (const job of await abandoned([...definitions.keys()])) {
    const goesOn = definitions.get(job.kind)?.resumable && job.attempts < mostAttempts
    if (job.cancelRequestedAt) await endJob(job.id, now(), { state: 'cancelled' })
    else if (goesOn) await requeue(job.id, null)
    else await endJob(job.id, now(), { state: 'failed', error: 'The process that ran it ended.' })
  }
}

class Runner {
  private readonly definitions: Map<string, RunnableJob>
  private readonly running = new Map<string, Running>()
  private stopping = false
  private busy: Promise<void> | null = null
  private lastHeartbeat = 0

  constructor(definitions: RunnableJob[]) {
    this.definitions = new Map(definitions.map((one) => [one.kind, one]))
  }

  private freeKinds(): string[] {
    const at = (kind: string) => [...this.running.values()].filter((one) => one.kind === kind).length
    return [...this.definitions.values()]
      .filter(({ kind, concurrency = 1 }) => at(kind) < concurrency)
      .map(({ kind }) => kind)
  }

  private begin(job: JobRow, definition: RunnableJob): void {
    const controller = new AbortController()
    const ended = runJob(job, definition, controller.signal)
      // The database is away: the job falls silent and is taken over later.
      .catch((error: unknown) => logger().warn({ err: error, job: job.id }, 'a job’s end was not written'))
      .finally(() => this.running.delete(job.id))
    this.running.set(job.id, { kind: job.kind, abort: (stop) => controller.abort(stop), ended })
  }

  private async claim(): Promise<void> {
    while (!this.stopping) {
      const job = await claimNext(this.freeKinds(), systemContext().now())
      const definition = job && this.definitions.get(job.kind)
      if (!definition) return
      this.begin(job, definition)
    }
  }

  private async beat(): Promise<void> {
    const now = performance.now()
    if (now - this.lastHeartbeat < heartbeatMilliseconds) return
    this.lastHeartbeat = now
    for (const id of await heartbeat([...this.running.keys()])) this.running.get(id)?.abort('cancelled')
    await takeOver(this.definitions)
  }

  tick(): void {
    this.busy ??= this.beat()
      .then(() => this.claim())
      .catch((error: unknown) => logger().warn({ err: error }, 'jobs are waiting'))
      .finally(() => {
        this.busy = null
      })
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.busy
    for (const { abort } of this.running.values()) abort('stopping')
    await Promise.all([...this.running.values()].map(({ ended }) => ended))
  }
}

/** Runs queued jobs of these kinds until it is stopped; then what runs is put back or ended. */
export function startRunner(definitions: RunnableJob[]): { stop: () => Promise<void> } {
  const runner = new Runner(definitions)
  runner.tick()
  const timer = setInterval(() => runner.tick(), pollMilliseconds)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await runner.stop()
    },
  }
}
