import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Send } from './support/http'
import { Installation } from './support/installation'
import { good, groups } from './support/product'

const rows = 150_000
const keys = [0, 1, 74_999, rows - 1]

let installation: Installation
let send: Send
beforeAll(async () => {
  installation = await Installation.create('commits', 'off')
  await installation.start()
  send = installation.client(
    await installation.almanac('key', 'create', '--name', 'commits', '--role', 'administrator'),
  )
})
afterAll(() => installation.remove())

async function newGroup(name: string): Promise<string> {
  const body = {
    name,
    entity: { name: 'commit_thing', keys: [{ name: 'id', type: 'int64' }] },
    primary_key: ['id'],
    timestamp_key: 'at',
    features: [{ name: 'n', type: 'int64' }],
  }
  good(await send('POST', groups, { body }), 201)
  return `${groups}/${name}`
}

/** Every key once: `n` is ten times the key and the day. */
async function ingest(path: string, day: number, query = '', count = rows): Promise<string> {
  const lines = Array.from({ length: count }, (_, id) => `${id},2026-01-0${day},${id * 10 + day}\n`)
  const sending = { body: `id,at,n\n${lines.join('')}`, headers: { 'content-type': 'text/csv' } }
  return good<{ commit: string }>(await send('POST', `${path}/rows${query}`, sending)).commit
}

async function online(path: string): Promise<unknown[]> {
  const body = { features: [`${path.slice(groups.length + 1)}:n`], entities: { id: keys } }
  return (
    good<{ values: unknown[][] }>(await send('POST', '/api/v1/online-features', { body })).values[0] ?? []
  )
}

interface Commits {
  data: { id: string }[]
  online: { state: string; waiting: number }
}
const commits = async (path: string) => good<Commits>(await send('GET', `${path}/commits?limit=200`))

const ofDay = (day: number) => keys.map((id) => id * 10 + day)

/** Kills the portal at a random moment of work that takes about so long, and starts it again. */
async function killWithin(milliseconds: number): Promise<void> {
  await wait(Math.random() * milliseconds)
  installation.kill('portal')
  await installation.ended()
  await installation.start()
}

const patience = { timeout: 90_000, interval: 250 }
const jobOf = async (id: string) =>
  good<{ state: string; attempts: number; error: string | null }>(await send('GET', `/api/v1/jobs/${id}`))

describe('a portal that is killed', () => {
  it('goes on with a materialization from the watermark', async () => {
    const path = await newGroup('killed_materialization')
    for (const day of [1, 2, 3]) await ingest(path, day, '?to=offline')
    expect(await online(path)).toEqual(keys.map(() => null))
    const { job } = good<{ job: string }>(await send('POST', `${path}/materialize`, { body: {} }), 202)
    await killWithin(4000)
    await expect.poll(async () => (await jobOf(job)).state, patience).toBe('succeeded')
    expect(await online(path)).toEqual(ofDay(3))
    expect((await commits(path)).online).toMatchObject({ state: 'done', waiting: 0 })
  })

  it('goes on with the online half of a large revert', async () => {
    const path = await newGroup('killed_revert')
    await ingest(path, 1)
    const wrong = await ingest(path, 2)
    await expect.poll(async () => (await commits(path)).online.state, patience).toBe('done')
    expect(await online(path)).toEqual(ofDay(2))
    const body = { reason: 'It was wrong.' }
    good(await send('POST', `${path}/commits/${wrong}/revert`, { body }))
    await killWithin(3000)
    await expect.poll(async () => (await commits(path)).online.state, patience).toBe('done')
    expect(await online(path)).toEqual(ofDay(1))
    expect((await send('POST', `${path}/commits/${wrong}/revert`, { body })).status).toBe(409)
  })

  it('leaves a history in which small files are being merged as it was', async () => {
    const path = await newGroup('killed_merge')
    for (let commit = 0; commit < 40; commit++) await ingest(path, 1 + (commit % 9), '', 5 + commit)
    const read = async () => (await send('GET', `${path}/training-data?features=n`)).text
    const before = await read()
    const { job } = good<{ job: string }>(await send('POST', `${path}/compact`), 202)
    await killWithin(600)
    expect(await read()).toBe(before)
    await expect.poll(async () => (await jobOf(job)).state, patience).toBe('succeeded')
    expect(await read()).toBe(before)
    const folder = join(installation.home, 'offline', 'prod', 'killed_merge', 'v1')
    const { data } = await commits(path)
    const others = readdirSync(folder).filter((file) => !data.some(({ id }) => file.startsWith(id)))
    expect(others).toEqual([expect.stringMatching(/^merged-/)])
    const staged = readdirSync(join(installation.home, 'staging'))
    expect(staged.filter((file) => file.startsWith('ingest-'))).toEqual([])
  })
})
