import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as createApiKey } from '@/app/api/v1/api-keys/route'
import { POST as replay } from '@/app/api/v1/feature-groups/[name]/quarantine/replay/route'
import { POST as run } from '@/app/api/v1/feature-groups/[name]/runs/route'
import { POST as readOnline } from '@/app/api/v1/online-features/route'
import { POST as disablePerson } from '@/app/api/v1/people/[id]/disable/route'
import { POST as createPerson } from '@/app/api/v1/people/route'
import { DELETE as deleteSpine } from '@/app/api/v1/spines/[upload]/route'
import { POST as uploadSpine } from '@/app/api/v1/spines/route'
import { PATCH as updateTeam } from '@/app/api/v1/teams/[name]/route'
import { db } from '@/db/client'
import { commits, jobs, spineUploads } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { createApiKey as mintKey } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { ingestRows, listQuarantine, revertCommit } from '@/lib/ingestion'
import { ingestInput } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('owners')
let engine: Awaited<ReturnType<typeof startEngineForTests>>
let producer: Awaited<ReturnType<typeof testActor>>
let secrets: { producer: string; administrator: string }

const keyOf = async (roles: 'producer' | 'administrator') => {
  const actor = await testActor({ roles: [roles], team })
  const { secret } = await mintKey(testContext(actor), { name: mintName('key') })
  return { actor, secret }
}

beforeAll(async () => {
  engine = await startEngineForTests()
  const own = await keyOf('producer')
  producer = own.actor
  secrets = { producer: own.secret, administrator: (await keyOf('administrator')).secret }
})
afterAll(() => engine.stop())

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

interface Sent {
  as?: keyof typeof secrets
  method?: string
  params?: Record<string, unknown>
  body?: unknown
  headers?: Record<string, string>
}

/** Sends one request; the bodies of all are JSON but a text, which is CSV. */
async function send(handler: Handler, path: string, key: string | null, sent: Sent = {}) {
  const { as = 'producer', method = 'POST', params = {}, body, headers = {} } = sent
  const type = typeof body === 'string' ? 'text/csv' : 'application/json'
  const request = new Request(`http://portal${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secrets[as]}`,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  const { status } = response
  return { status, location: response.headers.get('location'), body: await response.text() }
}

const spendingOf = (input: string) => ({
  name: mintName('spending'),
  entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
  primary_key: ['customer_id'],
  timestamp_key: 'day_end',
  owner_team: team,
  transformation: {
    sql: `select customer_id, date_trunc('day', interaction_date) + interval 1 day as day_end, sum(num_logins)::double as logins
      from ${input} where interaction_date >= $from group by all`,
    inputs: [input],
    interval: 'P1D',
    lookback: 'P1D',
  },
  features: [{ name: 'logins', type: 'float64' }],
})

describe('a retry with its Idempotency-Key', () => {
  it('of a file that is sent ahead gets the first answer, and there is one file', async () => {
    const csv = 'customer_id,event_timestamp\n1,2026-05-01\n'
    const before = await db().$count(spineUploads)
    const first = await send(uploadSpine, '/api/v1/spines', 'file', { body: csv })
    expect(first.status).toBe(201)
    expect(await send(uploadSpine, '/api/v1/spines', 'file', { body: csv })).toEqual(first)
    expect(await db().$count(spineUploads)).toBe(before + 1)
    const other = await send(uploadSpine, '/api/v1/spines', 'file', { body: `${csv}2,2026-05-01\n` })
    expect(other.status).toBe(409)
    const { upload } = JSON.parse(first.body)
    const sent = { method: 'DELETE', params: { upload } }
    for (const status of [204, 204])
      expect((await send(deleteSpine, `/api/v1/spines/${upload}`, 'gone', sent)).status).toBe(status)
    expect((await send(deleteSpine, `/api/v1/spines/${upload}`, null, sent)).status).toBe(404)
  })

  it('of a replay gets the first answer, until its commit is reverted', async () => {
    const ctx = testContext(producer)
    const group = (await registerFeatureGroup(ctx, groupBody())).name
    const bad = '{"rows":[{"customer_id":1,"interaction_date":"2026-05-01","num_logins":-4}]}'
    await ingestRows(ctx, ingestInput(group, bad, { mode: 'quarantine' }))
    const [held] = (await listQuarantine(ctx, { group, state: 'held', limit: 10 })).data
    const row = { ...held?.row, num_logins: 4 }
    const sent = { params: { name: group }, body: { rows: [{ id: held?.id, row }] } }
    const again = () => send(replay, `/api/v1/feature-groups/${group}/quarantine/replay`, 'replay', sent)
    const first = await again()
    expect(first.status).toBe(200)
    const all = await db().$count(commits)
    expect(await again()).toEqual(first)
    expect(await db().$count(commits)).toBe(all)
    const { commit: id } = JSON.parse(first.body)
    await revertCommit(ctx, { group, id, body: { reason: 'sent by mistake' } })
    expect((await again()).body).not.toBe(first.body)
  })

  it('of long work gets the first job', async () => {
    const ctx = testContext(producer)
    const input = (await registerFeatureGroup(ctx, groupBody())).name
    const group = (await registerFeatureGroup(ctx, spendingOf(input))).name
    const path = `/api/v1/feature-groups/${group}/runs?async=true`
    const sent = { params: { name: group }, body: {} }
    const queued = () => db().$count(jobs, eq(jobs.resourceName, group))
    const first = await send(run, path, 'job', sent)
    expect(first.status).toBe(202)
    expect(await send(run, path, 'job', sent)).toEqual(first)
    expect(await queued()).toBe(1)
    await send(run, path, 'another', sent)
    expect(await queued()).toBe(2)
  })

  it('of a change gets the first answer, though the ETag has moved on', async () => {
    const sent = {
      as: 'administrator' as const,
      method: 'PATCH',
      params: { name: team },
      body: { description: 'Traffic.' },
      headers: { 'if-match': '*' },
    }
    const first = await send(updateTeam, `/api/v1/teams/${team}`, 'change', sent)
    expect(first.status).toBe(200)
    expect(await send(updateTeam, `/api/v1/teams/${team}`, 'change', sent)).toEqual(first)
  })

  it('of an act that needs no body is the same with an empty one', async () => {
    const { id } = await testActor({ roles: ['viewer'] })
    const sent = { as: 'administrator' as const, params: { id }, body: {} }
    const path = `/api/v1/people/${id}/disable`
    const first = await send(disablePerson, path, 'off', sent)
    expect(first.status).toBe(200)
    expect(await send(disablePerson, path, 'off', sent)).toEqual(first)
  })
})

describe('where a key is not honoured', () => {
  it.each([
    ['a new person', createPerson, '/api/v1/people', 'holds a secret'],
    ['a new API key', createApiKey, '/api/v1/api-keys', 'holds a secret'],
    ['a read', readOnline, '/api/v1/online-features', 'changes nothing'],
  ])('the request is refused and told why: %s', async (_, handler, path, why) => {
    const answer = await send(handler, path, 'any', { as: 'administrator', body: {} })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Idempotency-Key is not honoured here')
    expect(answer.body).toContain(why)
  })
})
