import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { db, withTransaction } from '@/db/client'
import { jobs } from '@/db/schema'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import { enqueue, type NewJob } from '@/lib/queue'
import { cancelJob } from './cancel-job'
import { defineJob, type JobRun } from './define-job'
import { getJob } from './get-job'
import { listJobs } from './list-jobs'
import { startRunner } from './runner'
import { watchJob } from './watch-job'

type Run = JobRun<{ n: number }>
let runners: { stop: () => Promise<void> }[] = []
let kind = ''
beforeEach(() => {
  runners = []
  kind = `test_${newId()}`
})
afterEach(() => Promise.all(runners.map((one) => one.stop())))

const input = z.strictObject({ n: z.number() })

function runs(
  handler: (run: Run) => Promise<Record<string, unknown>>,
  more: { resumable?: boolean; retries?: number } = {},
) {
  const one = startRunner([defineJob({ kind, input, resumable: false, ...more, load: async () => handler })])
  runners.push(one)
  return one
}

async function asker() {
  return testContext(await testActor({ role: 'producer', team: `team-${newId()}` }))
}
const queued = (ctx: Awaited<ReturnType<typeof asker>>, more: Partial<NewJob> = {}) =>
  withTransaction((tx) =>
    enqueue(tx, ctx, {
      kind,
      input: { n: 1 },
      title: 'A job of a test',
      resource: { kind: 'system', name: 'test' },
      ...more,
    }),
  )
const ends = (ctx: Awaited<ReturnType<typeof asker>>, id: string, state: string) =>
  vi.waitFor(async () => expect((await getJob(ctx, id)).state).toBe(state), { timeout: 10_000, interval: 50 })

describe('a job', () => {
  it('runs with the rights of who asked, and tells its progress, log and result', async () => {
    const ctx = await asker()
    const seen: string[] = []
    runs(async (run) => {
      seen.push(run.ctx.actor.id, ...run.ctx.actor.roles.map(({ role }) => role))
      await run.log(`n is ${run.input.n}`)
      await run.progress(1, 2, 'half')
      return { twice: run.input.n * 2 }
    })
    const id = await queued(ctx, { input: { n: 21 } })
    await ends(ctx, id, 'succeeded')
    const job = await getJob(ctx, id)
    expect(job.result).toEqual({ twice: 42 })
    expect(job.log.map(({ text }) => text)).toEqual(['n is 21'])
    expect(job.progress).toEqual({ done: 1, total: 2, message: 'half' })
    expect(job.by).toBe(ctx.actor.name)
    expect(seen).toEqual([ctx.actor.id, 'producer'])
  })

  it('exists only when the act that asked for it does', async () => {
    const ctx = await asker()
    const act = withTransaction(async (tx) => {
      await enqueue(tx, ctx, { kind, input: { n: 1 }, title: 't', resource: { kind: 'system', name: 'x' } })
      throw new Error('the act failed')
    })
    await expect(act).rejects.toThrow('the act failed')
    expect((await listJobs(ctx, { kind })).meta.total).toBe(0)
  })

  it('fails with the words of its error, and a defect says only its number', async () => {
    const ctx = await asker()
    runs(async ({ input: { n } }) => {
      if (n === 1) throw new DomainError('conflict', 'The group has gone.')
      throw new Error('secret detail')
    })
    const known = await queued(ctx)
    const defect = await queued(ctx, { input: { n: 2 } })
    await ends(ctx, known, 'failed')
    await ends(ctx, defect, 'failed')
    expect((await getJob(ctx, known)).error).toBe('The group has gone.')
    expect((await getJob(ctx, defect)).error).toBe(`It failed by a defect, logged as ${defect}.`)
  })

  it('is one while it is unfinished, when it has a name, and can be asked for again after', async () => {
    const ctx = await asker()
    const once = `once-${kind}`
    const first = await queued(ctx, { once })
    expect(await queued(ctx, { once })).toBe(first)
    runs(async () => ({}))
    await ends(ctx, first, 'succeeded')
    expect(await queued(ctx, { once })).not.toBe(first)
  })

  it('runs once, however many processes look for work', async () => {
    const ctx = await asker()
    const ran: string[] = []
    const handler = async (run: Run) => {
      ran.push(run.id)
      return {}
    }
    for (let runner = 0; runner < 4; runner++) runs(handler)
    const ids = await Promise.all(Array.from({ length: 12 }, () => queued(ctx)))
    for (const id of ids) await ends(ctx, id, 'succeeded')
    expect([...ran].sort()).toEqual([...ids].sort())
  })

  it('ends when it is cancelled, waiting or running', async () => {
    const ctx = await asker()
    const waiting = await queued(ctx)
    expect((await cancelJob(ctx, waiting)).state).toBe('cancelled')
    await expect(cancelJob(ctx, waiting)).rejects.toMatchObject({ code: 'conflict' })
    runs(
      ({ ctx: { signal } }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('left')))),
    )
    const running = await queued(ctx)
    await ends(ctx, running, 'running')
    await cancelJob(ctx, running)
    await ends(ctx, running, 'cancelled')
  })

  it('goes on from its checkpoint when its process stops or dies, or fails when it cannot', async () => {
    const ctx = await asker()
    const handler = async ({ saved, checkpoint, ctx: { signal } }: Run) => {
      if (saved) return { from: saved.at }
      await checkpoint({ at: 7 })
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const first = runs(handler, { resumable: true })
    const id = await queued(ctx)
    await vi.waitFor(async () => {
      const [row] = await db().select().from(jobs).where(eq(jobs.id, id))
      expect(row?.checkpoint).toEqual({ at: 7 })
    })
    await first.stop()
    expect((await getJob(ctx, id)).state).toBe('queued')
    // A process that died: it says "running", and nobody has said so for long.
    await db()
      .update(jobs)
      .set({ state: 'running', heartbeatAt: '2020-01-01T00:00:00Z' })
      .where(eq(jobs.id, id))
    runs(handler, { resumable: true })
    await ends(ctx, id, 'succeeded')
    expect((await getJob(ctx, id)).result).toEqual({ from: 7 })
  })

  it('tries again what was only unavailable', async () => {
    const ctx = await asker()
    runs(
      async ({ attempt }) => {
        if (attempt === 1) throw new DomainError('unavailable', 'The engine is away.')
        return { attempt }
      },
      { retries: 2 },
    )
    const id = await queued(ctx)
    await vi.waitFor(async () => expect((await getJob(ctx, id)).log).toHaveLength(1), { timeout: 10_000 })
    // Not in five seconds, as it says, but now.
    await db().update(jobs).set({ runAfter: null }).where(eq(jobs.id, id))
    await ends(ctx, id, 'succeeded')
    expect((await getJob(ctx, id)).result).toEqual({ attempt: 2 })
  })

  it('is nobody else’s to see or to end, but an administrator’s', async () => {
    const id = await queued(await asker())
    const stranger = await asker()
    await expect(getJob(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(cancelJob(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listJobs(stranger, { kind })).data).toEqual([])
    const administrator = testContext(await testActor({ role: 'administrator' }))
    expect((await listJobs(administrator, { kind })).data.map((job) => job.id)).toEqual([id])
    expect((await cancelJob(administrator, id)).state).toBe('cancelled')
  })

  it('can be watched to its end', async () => {
    const ctx = await asker()
    runs(async () => ({ done: true }))
    const id = await queued(ctx)
    const events: string[] = []
    for await (const event of await watchJob(ctx, id)) events.push(event)
    expect(events.at(-1)).toContain('"state":"succeeded"')
    await expect(watchJob(ctx, 'nothing')).rejects.toMatchObject({ code: 'not_found' })
  })
})
