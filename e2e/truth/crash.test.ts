import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Batch, batchFormats, batchOf, expectedValue, type Format } from './support/batches'
import type { Answer, Send } from './support/http'
import { Installation, type Part } from './support/installation'
import { good, groups } from './support/product'

/** More rounds: ALMANAC_CRASH_ROUNDS=30 npm test. */
const rounds = Number(process.env.ALMANAC_CRASH_ROUNDS ?? 3)
const rows = 100_000
const parts: Part[] = ['portal', 'postgres', 'engine']
const sampleKeys = [0, 1, 49_999, 99_999, ...Array.from({ length: 200 }, (_, i) => (i * 7919) % rows)]

let installation: Installation
let send: Send
/** What an ingest takes when nobody disturbs it, as last seen: a kill may come anywhere within. */
const usualMilliseconds = new Map<Format, number>()

beforeAll(async () => {
  installation = await Installation.create('crash', 'off')
  await installation.start()
  send = installation.client(
    await installation.almanac('key', 'create', '--name', 'crash', '--role', 'administrator'),
  )
  await newGroup(singles)
  for (const format of batchFormats) {
    const group = await newGroup(`calm_${format}`)
    const batch = await batchOf(format, rows, 0)
    const start = performance.now()
    expect(good(await ingest(group, batch, 'calm'))).toMatchObject({
      accepted: rows,
      online: { state: 'done' },
    })
    usualMilliseconds.set(format, performance.now() - start)
  }
})
afterAll(() => installation.remove())

async function newGroup(name: string): Promise<string> {
  const body = {
    name,
    entity: { name: 'crash_thing', keys: [{ name: 'id', type: 'int64' }] },
    primary_key: ['id'],
    timestamp_key: 'at',
    features: [
      { name: 'n', type: 'int64' },
      { name: 's', type: 'string' },
    ],
  }
  good(await send('POST', groups, { body }), 201)
  return name
}

const ingest = (group: string, { type, body }: Batch, key: string): Promise<Answer> =>
  send('POST', `${groups}/${group}/rows`, { body, headers: { 'content-type': type, 'idempotency-key': key } })

/** How many rows each store holds: all or none of them, and then with the values of this batch. */
async function stored(
  group: string,
  mark: number,
): Promise<{ history: number; online: number; joined: number }> {
  const training = good<{ rows: { id: number; n: number }[] }>(
    await send('GET', `${groups}/${group}/training-data?features=n`),
  )
  for (const { id, n } of training.rows)
    if (n !== expectedValue(id, mark)) throw new Error(`Row ${id} holds ${n}`)
  const history = new Set(training.rows.map(({ id }) => id)).size
  expect(history).toBe(training.rows.length)

  const wanted = sampleKeys.map((id) => expectedValue(id, mark))
  const countOf = (values: unknown[] | undefined) => {
    const found = values?.filter((value) => value !== null) ?? []
    if (found.length > 0) expect(values).toEqual(wanted)
    return found.length === 0 ? 0 : rows
  }
  const body = { features: [`${group}:n`], entities: { id: sampleKeys } }
  const read = good<{ values: unknown[][] }>(await send('POST', '/api/v1/online-features', { body }))
  const spine = sampleKeys.map((id) => ({ id, event_timestamp: '2026-02-01' }))
  const asked = { spine: { rows: spine }, features: [`${group}:n`] }
  const join = good<{ rows: { n: unknown }[] }>(
    await send('POST', '/api/v1/historical-features', { body: asked }),
  )
  return { history, online: countOf(read.values[0]), joined: countOf(join.rows.map(({ n }) => n)) }
}

const commitsOf = async (group: string) =>
  good<{ data: { id: string }[] }>(await send('GET', `${groups}/${group}/commits`)).data.map(({ id }) => id)

/** After a killed engine the portal stays and brings a new one; after the others a user starts again. */
async function recover(part: Part): Promise<void> {
  if (part === 'engine') {
    await expect
      .poll(async () => (await send('GET', '/health')).status, { timeout: 30_000, interval: 100 })
      .toBe(200)
    return
  }
  if (part === 'portal') await installation.ended()
  else await installation.stop()
  await installation.start()
}

/** Nothing that no commit names may lie where it could be read, and nothing half-done may stay. */
function leftovers(group: string, commits: string[]): string[] {
  const folder = join(installation.home, 'offline', 'prod', group, 'v1')
  const files = existsSync(folder) ? readdirSync(folder) : []
  const strangers = files.filter((file) => !commits.some((commit) => file.startsWith(commit)))
  const staged = readdirSync(join(installation.home, 'staging')).filter((file) => file.startsWith('ingest-'))
  return [...strangers, ...staged]
}

const singles = 'crash_singles'

/** Pushes one row after the other; tells the ids that were acknowledged, and that of the last one, which may be. */
async function pushOnes(
  from: number,
  isOver: () => boolean,
): Promise<{ acknowledged: number[]; last: number }> {
  const acknowledged: number[] = []
  let id = from
  for (; !isOver(); id++) {
    const body = { rows: [{ id, at: '2026-01-01T00:00:00Z', n: id, s: 'one' }] }
    const answer = await answered(send('POST', `${groups}/${singles}/rows`, { body }))
    if (answer?.status !== 200) break
    acknowledged.push(id)
  }
  return { acknowledged, last: id }
}

/** Every acknowledged row is in both stores, and the last one in both or in neither. */
async function requireOnes({ acknowledged, last }: { acknowledged: number[]; last: number }) {
  const ids = [...new Set([...acknowledged, last])]
  const training = good<{ rows: { id: number; n: number }[] }>(
    await send('GET', `${groups}/${singles}/training-data?features=n`),
  )
  const history = new Map(training.rows.map(({ id, n }) => [id, n]))
  const body = { features: [`${singles}:n`], entities: { id: ids } }
  const read = good<{ values: unknown[][] }>(await send('POST', '/api/v1/online-features', { body }))
  expect(read.values[0]).toEqual(ids.map((id) => history.get(id) ?? null))
  expect(acknowledged.filter((id) => history.get(id) !== id)).toEqual([])
}

/** The answer, or null when there was none. */
const answered = (request: Promise<Answer>): Promise<Answer | null> => request.catch(() => null)

async function round(index: number, part: Part, format: Format): Promise<string> {
  const group = await newGroup(`crash_${index}`)
  const batch = await batchOf(format, rows, index)
  const moment = Math.random() * 1.1 * (usualMilliseconds.get(format) ?? 1000)
  const start = performance.now()
  const first = answered(ingest(group, batch, `key-${index}`)).finally(() => {
    if (performance.now() - start < moment) usualMilliseconds.set(format, performance.now() - start)
  })
  let isOver = false
  const ones = pushOnes(index * 1_000_000, () => isOver)
  // The moment of the kill; whatever it hits, everything below must hold.
  await wait(moment)
  installation.kill(part)
  isOver = true
  const answer = await first
  const pushed = await ones
  await recover(part)
  await requireOnes(pushed)

  const before = await stored(group, index)
  const commits = await commitsOf(group)
  const was = `${part} killed ${Math.round(moment)} ms into ${format}: ${answer?.status ?? 'no answer'}, ${commits.length} commits, ${JSON.stringify(before)}`
  expect([0, rows], was).toContain(before.history)
  expect(before, was).toEqual({ history: before.history, online: before.history, joined: before.history })
  expect(commits, was).toHaveLength(before.history === rows ? 1 : 0)
  if (answer?.status === 200) expect(before.history, was).toBe(rows)
  if (part !== 'engine') expect(leftovers(group, commits), was).toEqual([])

  const retry = await ingest(group, batch, `key-${index}`)
  expect(good(retry), was).toMatchObject({
    accepted: rows,
    rejected: 0,
    ...(commits[0] ? { commit: commits[0] } : {}),
  })
  if (answer?.status === 200) expect(retry.text, was).toBe(answer.text)
  expect((await ingest(group, batch, `key-${index}`)).text, was).toBe(retry.text)
  expect(await stored(group, index), was).toEqual({ history: rows, online: rows, joined: rows })
  expect(await commitsOf(group), was).toHaveLength(1)
  return was
}

describe('a batch of 100,000 rows is wholly there or wholly absent', () => {
  const plan = Array.from({ length: rounds }, (_, index): [number, Part, Format] => [
    index,
    parts[index % parts.length] ?? 'portal',
    batchFormats[Math.floor(index / parts.length + index) % batchFormats.length] ?? 'csv',
  ])
  it.each(plan)('round %i: kill -9 of %s during %s', async (index, part, format) => {
    const was = await round(index, part, format)
    if (rounds > 3) process.stdout.write(`${was}\n`)
  })
})
