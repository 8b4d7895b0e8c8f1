import { eq, inArray } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'
import { db, sql } from '@/db/client'
import { definitionRuns, featureGroups, jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { cancelJob, definitions, getJob, startRunner } from '@/lib/jobs'
import { groupBody, mintName } from '@/lib/registry/testing'
import { beginRun, getDefinitionRun, performRun, planDefinitions } from '..'
import { atOnce } from '../operations'

const team = mintName('team')
let author: Context
let colleague: Context
beforeAll(async () => {
  author = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  colleague = testContext(await testActor({ role: 'administrator', name: 'Rita' }))
})

let runners: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(runners.map((one) => one.stop()))
  runners = []
})
const runnerStarts = () => {
  runners.push(startRunner(definitions.filter(({ kind }) => kind === 'definitions')))
}

const domain = (name: string, more: object = {}) => ({ kind: 'domain', name, owner_team: team, ...more })

/** A group among more small assets than are done at once. */
function large(group = groupBody({ owner_team: team })) {
  const name = mintName('wide')
  const others = Array.from({ length: atOnce.assets }, (_, at) => domain(`${name}_${at}`))
  const documents = [{ kind: 'feature_group', ...group }, ...others].map((one) => stringify(one))
  return { group: group.name, body: { files: [{ path: 'all.yaml', content: documents.join('---\n') }] } }
}

async function begun(act: 'plan' | 'apply', body: unknown, ctx = author) {
  const run = await beginRun(ctx, act, body)
  if (!run) throw new Error('It was to be a job.')
  return run
}

const exists = async (name: string) =>
  (await db().select().from(featureGroups).where(eq(featureGroups.name, name))).length > 0

const ends = (job: string, state: string) =>
  vi.waitFor(async () => expect((await getDefinitionRun(author, job)).state).toBe(state), {
    timeout: 30_000,
    interval: 50,
  })

const quiet = async () => {}

describe('many definitions', () => {
  it('are a job from a number of documents on, and few are not', async () => {
    const { body } = large()
    const few = { files: [{ path: 'one.yaml', content: stringify(domain(mintName('domain'))) }] }
    expect(await beginRun(author, 'plan', few)).toBeNull()
    const run = await begun('plan', body)
    expect(await getDefinitionRun(author, run.job)).toMatchObject({
      act: 'plan',
      state: 'queued',
      outcome: null,
    })
    await cancelJob(author, run.job)
  })

  it('are planned and applied by it, as they are at once, and tell it to their author alone', async () => {
    const { body, group } = large()
    const planned = await begun('plan', body)
    runnerStarts()
    await ends(planned.job, 'succeeded')
    const { outcome } = await getDefinitionRun(author, planned.job)
    expect(outcome).toEqual(await planDefinitions(author, body))
    expect(outcome?.summary).toMatchObject({ create: atOnce.assets + 1, faults: 0 })
    expect(await exists(group)).toBe(false)
    const applied = await begun('apply', { ...body, plan: outcome?.plan })
    await ends(applied.job, 'succeeded')
    expect(await exists(group)).toBe(true)
    const said = await getDefinitionRun(author, applied.job)
    expect(said).toMatchObject({ outcome: { plan: outcome?.plan, change_set: null }, problem: null })
    expect(said.progress).toMatchObject({ done: atOnce.assets + 1, total: atOnce.assets + 1 })
    expect((await getJob(author, applied.job)).result).toMatchObject({ summary: outcome?.summary })
    await expect(getDefinitionRun(colleague, applied.job)).rejects.toThrow(`Run ${applied.job}`)
    const [row] = await db().select().from(definitionRuns).where(eq(definitionRuns.jobId, applied.job))
    expect(row?.input).toBeNull()
  })

  it('apply nothing when one of them cannot be, and say which line', async () => {
    const { body, group } = large(groupBody({ owner_team: team, primary_key: ['nowhere'] }))
    const { job } = await begun('apply', body)
    runnerStarts()
    await ends(job, 'failed')
    const { problem, outcome } = await getDefinitionRun(author, job)
    expect(outcome).toBeNull()
    expect(problem?.detail).toMatch(/^Nothing was applied\. all\.yaml:\d+: /)
    expect(problem?.errors[0]?.reason).toMatch(/^all\.yaml:\d+: /)
    expect(await exists(group)).toBe(false)
  })

  it('apply nothing when they are cancelled under way', async () => {
    const { body, group } = large()
    const { job } = await begun('apply', body)
    const controller = new AbortController()
    const seen: string[] = []
    const performed = performRun({
      id: job,
      ctx: { ...author, signal: controller.signal },
      progress: async (done, total, message) => {
        seen.push(`${done} of ${total}`)
        // The last word before what waits is submitted.
        if (message.startsWith('Submitting')) controller.abort('cancelled')
      },
    })
    await expect(performed).rejects.toBe('cancelled')
    expect(seen.at(-1)).toBe(`${atOnce.assets + 1} of ${atOnce.assets + 1}`)
    expect(await exists(group)).toBe(false)
    expect(await getDefinitionRun(author, job)).toMatchObject({ outcome: null, problem: null })
    await cancelJob(author, job)
  })

  it('tell how far they are while nothing of it is there yet', async () => {
    const { body, group } = large()
    const { job } = await begun('apply', body)
    const midway: unknown[] = []
    await performRun({
      id: job,
      ctx: author,
      progress: async (done, total, message) => {
        await db().update(jobs).set({ progress: { done, total, message } }).where(eq(jobs.id, job))
        // As another connection sees it.
        const [row] = await sql()`select progress from jobs where id = ${job}`
        const [made] = await sql()`select 1 from feature_groups where name = ${group}`
        if (message.startsWith('Submitting')) midway.push(row?.progress?.done, made)
      },
    })
    expect(midway).toEqual([atOnce.assets + 1, undefined])
    expect(await exists(group)).toBe(true)
    await cancelJob(author, job)
  })

  it('end their job in their own transaction, and are not applied again where its process ended after it', async () => {
    const { body } = large()
    const { job } = await begun('apply', body)
    await db().update(jobs).set({ state: 'running' }).where(eq(jobs.id, job))
    const first = await performRun({ id: job, ctx: author, progress: quiet })
    expect(await getDefinitionRun(author, job)).toMatchObject({ state: 'succeeded' })
    await expect(cancelJob(author, job)).rejects.toThrow('has ended')
    expect(await performRun({ id: job, ctx: author, progress: quiet })).toEqual(first)
  })

  it('keep the answer for retries in the transaction of the job', async () => {
    const { body } = large()
    const mine = eq(definitionRuns.createdBy, author.actor.id)
    const before = await db().$count(definitionRuns, mine)
    const noRoom = () => Promise.reject(new Error('no room'))
    await expect(beginRun(author, 'apply', body, noRoom)).rejects.toThrow('no room')
    expect(await db().$count(definitionRuns, mine)).toBe(before)
    const queued = await db()
      .select()
      .from(jobs)
      .where(inArray(jobs.state, ['queued']))
    expect(queued.filter(({ createdBy }) => createdBy === author.actor.id)).toEqual([])
  })
})
