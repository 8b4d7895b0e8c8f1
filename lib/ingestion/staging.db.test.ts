import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { env } from '@/lib/core/env'
import { fileWaiting } from '@/lib/offline'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { listCommits, sweepStaging } from '.'
import { commitBatch } from './commit'
import { rawRowOfObject } from './raw-row'
import { stageOptions } from './stage-options'
import { stageRows } from './stage-rows'
import { ingest, readOnline } from './testing'
import { writeTarget } from './write-target'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)
const newGroup = async () => (await registerFeatureGroup(producer(), groupBody())).name
const rows = [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: 1 }]
const staging = () => join(env().home, 'staging')
const own = () => readdirSync(staging()).filter((name) => name.startsWith('ingest-'))

/** Beyond the greatest process id that systems give. */
const deadPid = 2 ** 22 + 1

it('leaves nothing behind, whether a batch is taken or refused', async () => {
  const group = await newGroup()
  await ingest(producer(), group, rows)
  await expect(ingest(producer(), group, [{ customer_id: 1 }])).rejects.toMatchObject({ code: 'invalid' })
  await expect(ingest(producer(), group, '{')).rejects.toMatchObject({ code: 'not_parseable' })
  expect(own()).toEqual([])
})

it('sweeps what a dead process staged, and history whose commit never happened', async () => {
  const group = await newGroup()
  const { commit } = await ingest(producer(), group, rows)
  await fileWaiting()
  const folder = join('offline', 'prod', group, 'v1')
  mkdirSync(join(env().home, folder), { recursive: true })
  const kept = join(folder, `${commit}.parquet`)
  const orphan = join(folder, 'never.parquet')
  writeFileSync(join(env().home, orphan), 'half')
  const leave = (name: string, content: string) =>
    writeFileSync(join(staging(), `ingest-${deadPid}-${name}`), content)
  leave('1.rows', 'half')
  leave('2.intent.json', JSON.stringify({ commit: 'never', destinations: [orphan] }))
  leave('3.intent.json', JSON.stringify({ commit, destinations: [kept] }))
  leave('4.intent.json', '{"comm')
  writeFileSync(join(staging(), 'somebody-elses'), 'stays')
  expect(await sweepStaging()).toBe(5)
  expect(existsSync(join(env().home, orphan))).toBe(false)
  expect(existsSync(join(env().home, kept))).toBe(true)
  expect(own()).toEqual([])
  expect(existsSync(join(staging(), 'somebody-elses'))).toBe(true)
})

it('sweeps by age what carries the id of a living process, and leaves what is being staged', async () => {
  await ingest(producer(), await newGroup(), rows)
  const leave = (name: string, ageSeconds: number) => {
    const path = join(staging(), name)
    writeFileSync(path, 'half')
    utimesSync(path, Date.now() / 1000, Date.now() / 1000 - ageSeconds)
  }
  leave(`ingest-${process.ppid}-old.rows`, 25 * 3600)
  leave(`ingest-${process.ppid}-new.rows`, 0)
  leave(`ingest-${process.pid}-new.rows`, 0)
  leave(`ingest-${process.pid}-old.rows`, uptime() + 60)
  expect(await sweepStaging({ atStart: false })).toBe(2)
  expect(own().sort()).toEqual([`ingest-${process.pid}-new.rows`, `ingest-${process.ppid}-new.rows`].sort())
  expect(await sweepStaging()).toBe(1)
  rmSync(join(staging(), `ingest-${process.ppid}-new.rows`))
})

it.each([1, 300])(
  'takes a batch of %i rows in neither store when the transaction fails at its end',
  async (count) => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, rows)
    const target = await writeTarget(ctx, { group }, 'both')
    const options = stageOptions(ctx, target.version, 'strict')
    const row = { ...rows[0], interaction_date: '2026-05-02', num_logins: 9 }
    const raw = Array.from({ length: count }, (_, at) => rawRowOfObject(options.plan, 'refuse', row, at + 1))
    const batch = await stageRows(
      options,
      (async function* () {
        yield raw
      })(),
    )
    const also = async () => {
      throw new Error('the power goes')
    }
    await expect(commitBatch(ctx, { ...target, kind: 'ingest', to: 'both', also }, batch)).rejects.toThrow(
      'the power goes',
    )
    expect((await listCommits(ctx, { group, limit: 10 })).meta.total).toBe(1)
    expect((await readOnline(ctx, [`${group}:num_logins`], { customer_id: [1] })).values).toEqual([[1]])
    expect(own()).toEqual([])
  },
)
