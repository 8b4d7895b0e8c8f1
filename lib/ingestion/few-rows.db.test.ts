import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/db/client'
import { commitFiles, unfiledCommits } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { env } from '@/lib/core/env'
import { fileWaiting, historyOf, noteUnfiled, offlineStore } from '@/lib/offline'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { deleteRows } from '.'
import { ingest, ingestInput, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team, { now: () => new Date('2026-06-01T00:00:00Z') })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name

const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    customer_id: first + at,
    interaction_date: '2026-05-01',
    num_logins: at,
  }))

const unfiled = (commit: string | null) =>
  db()
    .select()
    .from(unfiledCommits)
    .where(eq(unfiledCommits.commitId, commit ?? ''))
const filesOf = (commit: string | null) =>
  db()
    .select()
    .from(commitFiles)
    .where(eq(commitFiles.commitId, commit ?? ''))

async function history(group: string) {
  const own = await historyOf(await resolveVersion(producer(), { group }))
  const rows = await offlineStore().rows({ history: own, key: null, latest: false, limit: 1000 })
  return rows.map(({ keys, features }) => [keys[0], features[0]]).sort(([a], [b]) => Number(a) - Number(b))
}

it('of few rows a commit is whole without a file; who reads the history has it made', async () => {
  const group = await newGroup()
  const { commit, superseded } = await ingest(producer(), group, rowsFrom(1, 2))
  expect(superseded).toBe(0)
  expect([await unfiled(commit), await filesOf(commit)]).toMatchObject([[{ rows: 2 }], []])
  const online = await readOnline(producer(), [`${group}:num_logins`], { customer_id: [1, 2] })
  expect(online.values).toEqual([[0, 1]])
  // Many readers and the background at once.
  const reads = await Promise.all([history(group), fileWaiting(), history(group)])
  expect([reads[0], reads[2]]).toEqual([history1, history1])
  const [file] = await filesOf(commit)
  expect([await unfiled(commit), file?.rows]).toEqual([[], 2])
  expect(
    readFileSync(join(env().home, file?.path ?? ''))
      .subarray(0, 4)
      .toString(),
  ).toBe('PAR1')
})
const history1 = [
  ['1', '0'],
  ['2', '1'],
]

it('what a crash left at the place of the file is no obstacle', async () => {
  const group = await newGroup()
  const { commit } = await ingest(producer(), group, rowsFrom(1, 2))
  const [own] = await unfiled(commit)
  const path = join(env().home, own?.path ?? '')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'half a file')
  expect(await history(group)).toEqual(history1)
  expect(await filesOf(commit)).toHaveLength(1)
})

it('deleted rows are few rows too', async () => {
  const group = await newGroup()
  await ingest(producer(), group, rowsFrom(1, 2))
  const body = JSON.stringify({ rows: [{ customer_id: 1, interaction_date: '2026-05-02' }] })
  const { bytes, contentType } = ingestInput(group, body)
  const { commit } = await deleteRows(producer(), {
    group,
    bytes,
    contentType,
    idempotency: null,
    to: 'both',
  })
  expect(await unfiled(commit)).toHaveLength(1)
  const own = await historyOf(await resolveVersion(producer(), { group }))
  expect(own.noTombstones).toBe(false)
  const rows = await offlineStore().rows({ history: own, key: null, latest: true, limit: 10 })
  expect(rows.filter(({ deleted }) => !deleted).map(({ keys }) => keys[0])).toEqual(['2'])
})

it.each([
  ['more rows', {}, rowsFrom(1, 201)],
  [
    'what the engine computes',
    {
      features: [
        { name: 'num_logins', type: 'int64' },
        { name: 'twice', type: 'int64', expression: 'num_logins * 2' },
      ],
    },
    rowsFrom(1, 1),
  ],
  ['rows of the future', {}, [{ ...rowsFrom(1, 1)[0], interaction_date: '2026-06-01T00:00:10Z' }]],
])('a commit of %s brings its file', async (_, overrides, rows) => {
  const group = await newGroup(overrides)
  const { commit } = await ingest(producer(), group, rows)
  expect([await unfiled(commit), await filesOf(commit)]).toMatchObject([[], [{ rows: rows.length }]])
})

it('a commit brings its file while many others wait for theirs', async () => {
  const group = await newGroup()
  const waiting = Array.from({ length: 100 }, (_, at) => `nobody ${at}`)
  for (const one of waiting) noteUnfiled(one)
  const { commit } = await ingest(producer(), group, rowsFrom(300, 1))
  expect(await filesOf(commit)).toHaveLength(1)
})
