import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchOf } from './support/batches'
import type { Send } from './support/http'
import { Installation } from './support/installation'
import { good, groups, problemOf, registered, withType } from './support/product'

const rows = 600_000
let installation: Installation
let key: string
let send: Send
let group: string

beforeAll(async () => {
  installation = await Installation.create('truth-leaving', 'off')
  await installation.start()
  key = await installation.almanac('key', 'create', '--name', 'leaving', '--role', 'administrator')
  send = installation.client(key)
  const features = [
    { name: 'n', type: 'int64' },
    { name: 's', type: 'string' },
  ]
  group = await registered('leaving', { features, online: false, owner_team: 'default' }, send)
  const { type, body } = await batchOf('parquet', rows, 0)
  good(await send('POST', `${groups}/${group}/rows`, withType(type, body)))
})
afterAll(() => installation.remove())

const types = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  json: 'application/json',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
}
type Format = keyof typeof types
const formats = Object.keys(types) as Format[]

/** An answer that is not read yet: the product can send no more than buffers hold. */
async function opened(format: Format): Promise<IncomingMessage> {
  const call = request(`${installation.origin}${groups}/${group}/training-data?format=${format}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  call.end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  response.pause()
  return response
}

/** Reads that run, as the engine itself tells on its socket; it also counts statistics meanwhile. */
async function readsRunning(): Promise<number> {
  const hash = createHash('sha256').update(installation.home).digest('hex').slice(0, 12)
  const socketPath = join(tmpdir(), `almanac-${hash}-${installation.pidOf('portal')}.sock`)
  const call = request({ socketPath, path: '/health' })
  call.end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  const health: { reads: { running: number } } = JSON.parse((await response.toArray()).join(''))
  return health.reads.running
}

async function readToEnd(response: IncomingMessage): Promise<{ bytes: number; error: Error | null }> {
  let bytes = 0
  try {
    for await (const chunk of response) bytes += chunk.length
    return { bytes, error: null }
  } catch (error) {
    return { bytes, error: error instanceof Error ? error : new Error(String(error)) }
  }
}

const works = () => send('GET', `${groups}/${group}/training-data?format=csv&latest=true&end=2025-01-01`)

describe('a reader who leaves', () => {
  it.each(formats)('ends the engine’s work: %s', async (format) => {
    const response = await opened(format)
    expect(response.statusCode).toBe(200)
    // A file is made before its first byte leaves; a text is made while it is read.
    if (format !== 'parquet') expect(await readsRunning()).toBe(1)
    response.once('error', () => {})
    response.destroy()
    await expect.poll(readsRunning, { timeout: 10_000, interval: 20 }).toBe(0)
  })

  it('ends a join that has no answer yet', async () => {
    const spine = Array.from({ length: 20_000 }, (_, i) => ({ id: i, event_timestamp: '2026-02-01' }))
    const call = request(`${installation.origin}/api/v1/historical-features`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
    const broken = once(call, 'error')
    call.end(JSON.stringify({ spine: { rows: spine }, features: [`${group}:n`, `${group}:s`] }))
    await expect.poll(readsRunning, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
    call.destroy(new Error('left'))
    await broken
    await expect.poll(readsRunning, { timeout: 10_000, interval: 20 }).toBe(0)
  })
})

describe('an engine that dies', () => {
  it.each(formats)(
    'breaks the answer that it was sending, so that nobody takes it for whole: %s',
    async (format) => {
      const whole = await readToEnd(await opened(format))
      expect(whole.error).toBeNull()
      const response = await opened(format)
      expect(response.statusCode).toBe(200)
      installation.kill('engine')
      const broken = await readToEnd(response)
      // A file that fits the buffers is whole even so; what ends without an error must be.
      if (broken.bytes < whole.bytes) expect(broken.error?.message).toBe('aborted')
      else expect(broken).toEqual(whole)
      expect(broken.bytes < whole.bytes || format === 'parquet').toBe(true)
      await expect.poll(async () => (await works()).status, { timeout: 20_000 }).toBe(200)
    },
  )

  it('is a 503 before the first byte, and the next read works', async () => {
    const spine = Array.from({ length: 20_000 }, (_, i) => ({ id: i, event_timestamp: '2026-02-01' }))
    const body = { spine: { rows: spine }, features: [`${group}:n`] }
    const answer = send('POST', '/api/v1/historical-features', { body })
    await expect.poll(readsRunning, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
    installation.kill('engine')
    const problem = problemOf(await answer, 503)
    expect(problem.code).toBe('unavailable')
    await expect.poll(async () => (await works()).status, { timeout: 20_000 }).toBe(200)
    expect((await send('POST', '/api/v1/historical-features', { body })).status).toBe(200)
  })
})
