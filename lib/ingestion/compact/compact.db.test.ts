import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { env } from '@/lib/core/env'
import { systemContext } from '@/lib/identity'
import { fileVersion, fileWaiting } from '@/lib/offline'
import { mintTeam, type TestTeam } from '@/lib/registry/testing'
import { steps, Timeline } from '../revert/timeline.testing'
import { sweepStaging } from '../sweep'
import { compactGroup } from './compact-group'
import { mergeRun } from './merge-run'
import { mergeableFiles } from './mergeable-files'
import { removeMergedFiles } from './remove-merged'
import { compactionInput, runCompaction } from './request-compaction'
import { scheduleCompactions } from './service'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const nobody = async () => {}

async function compact(timeline: Timeline, least = 2) {
  const { groupName: group, major: version, environment } = await timeline.version()
  return compactGroup(timeline.context(), { group, version, environment, least }, nobody)
}

describe('compaction', () => {
  it('changes no answer, at any known instant, between ingests, reverts and other compactions', async () => {
    await fc.assert(
      fc.asyncProperty(steps(true), async (all) => {
        const timeline = await Timeline.create(team)
        const other = async (which: number) => {
          if (which === 0) await compact(timeline)
          else await removeMergedFiles(0)
        }
        for (const step of all) {
          await timeline.step(step, other)
          expect(await timeline.actualOnline()).toEqual(timeline.expectedOnline())
        }
        await compact(timeline)
        await removeMergedFiles(0)
        for (const at of timeline.instants()) {
          expect(await timeline.actualHistory(at)).toEqual(timeline.expectedHistory(at))
          expect(await timeline.actualJoin(at)).toEqual(timeline.expectedJoin(at))
        }
        expect(await timeline.actualJoin('event')).toEqual(timeline.expectedJoin('event'))
      }),
      { numRuns: Number(process.env.ALMANAC_PROPERTY_RUNS ?? 20) },
    )
  }, 300_000)

  it('leaves one file of many, and the old ones only until no read can open them', async () => {
    const timeline = await Timeline.create(team)
    for (let index = 0; index < 12; index++)
      await timeline.step(
        { kind: 'ingest', rows: [{ key: 1, second: index, value: index, deleted: false }], offline: false },
        nobody,
      )
    const version = await timeline.version()
    await fileVersion(version)
    const before = await mergeableFiles(db(), version)
    expect(await compact(timeline)).toMatchObject({ files_before: before.length, files_after: 1 })
    expect(await mergeableFiles(db(), version)).toHaveLength(1)
    expect(before.every(({ path }) => existsSync(join(env().home, path)))).toBe(true)
    await removeMergedFiles()
    expect(before.every(({ path }) => existsSync(join(env().home, path)))).toBe(true)
    await removeMergedFiles(0)
    expect(before.some(({ path }) => existsSync(join(env().home, path)))).toBe(false)
    expect(await timeline.actualHistory(null)).toEqual(timeline.expectedHistory(null))
    expect(await removeMergedFiles(0)).toBe(0)
  })

  it('of one run by two at once happens once', async () => {
    const timeline = await Timeline.create(team)
    for (let index = 0; index < 4; index++)
      await timeline.step(
        { kind: 'ingest', rows: [{ key: 1, second: index, value: index, deleted: false }], offline: false },
        nobody,
      )
    const version = await timeline.version()
    await fileVersion(version)
    const run = await mergeableFiles(db(), version)
    const { signal } = new AbortController()
    const both = await Promise.all([mergeRun(version, run, signal), mergeRun(version, run, signal)])
    expect(both.toSorted()).toEqual([false, true])
    expect(await timeline.actualHistory(null)).toEqual(timeline.expectedHistory(null))
  })

  it('leaves no stranger when its process dies, and keeps what it had finished', async () => {
    const timeline = await Timeline.create(team)
    for (let index = 0; index < 3; index++)
      await timeline.step(
        { kind: 'ingest', rows: [{ key: 1, second: index, value: index, deleted: false }], offline: false },
        nobody,
      )
    await compact(timeline)
    const [merged] = await mergeableFiles(db(), await timeline.version())
    const stranger = join('offline', 'prod', timeline.group, 'v1', 'merged-stranger.parquet')
    writeFileSync(join(env().home, stranger), 'half')
    // Beyond the greatest process id that systems give.
    const leave = (name: string, commit: string, destination: string) =>
      writeFileSync(
        join(env().home, 'staging', `ingest-${2 ** 22 + 1}-${name}.intent.json`),
        JSON.stringify({ commit, destinations: [destination] }),
      )
    leave('1', 'stranger', stranger)
    leave('2', merged?.id ?? '', merged?.path ?? '')
    await sweepStaging({ atStart: false })
    expect(existsSync(join(env().home, stranger))).toBe(false)
    expect(await timeline.actualHistory(null)).toEqual(timeline.expectedHistory(null))
  })

  it('is queued by itself where small files have become many, once', async () => {
    const timeline = await Timeline.create(team)
    const few = await Timeline.create(team)
    for (let index = 0; index < 4; index++)
      await timeline.step(
        { kind: 'ingest', rows: [{ key: 1, second: index, value: index, deleted: false }], offline: false },
        nobody,
      )
    await few.step(
      { kind: 'ingest', rows: [{ key: 1, second: 1, value: 1, deleted: false }], offline: false },
      nobody,
    )
    await fileWaiting()
    await scheduleCompactions(3)
    await scheduleCompactions(3)
    const queued = (group: string) => db().select().from(jobs).where(eq(jobs.resourceName, group))
    expect(await queued(few.group)).toEqual([])
    const [job, ...others] = await queued(timeline.group)
    expect(others).toEqual([])
    expect(job).toMatchObject({ kind: 'compact', state: 'queued', createdBy: 'system' })
    const input = compactionInput.parse(job?.input)
    const done = await runCompaction({ ctx: systemContext(), input, progress: nobody })
    expect(done.files_after).toBe(1)
    expect(await timeline.actualHistory(null)).toEqual(timeline.expectedHistory(null))
  })
})
