import { beforeAll, describe, expect, it } from 'vitest'
import { OPTIONS, POST } from '@/app/api/v1/feature-groups/route'
import { createApiKey } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('owners')
let secret: string

beforeAll(async () => {
  const owner = await testActor({ roles: ['producer'], team })
  secret = (await createApiKey(testContext(owner), { name: 'ci' })).secret
})

const request = (body: unknown, headers: Record<string, string> = {}) =>
  new Request('http://portal/api/v1/feature-groups', {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const post = async (body: unknown, headers?: Record<string, string>) => {
  const response = await POST(request(body, headers), { params: Promise.resolve({}) })
  return { status: response.status, location: response.headers.get('location'), body: await response.text() }
}

describe('Idempotency-Key of a registration', () => {
  it('gives a retry the first answer, and does the act once', async () => {
    const body = groupBody()
    const first = await post(body, { 'idempotency-key': 'one' })
    expect(first.status).toBe(201)
    expect(await post(body, { 'idempotency-key': 'one' })).toEqual(first)
    expect((await post(body)).status).toBe(409)
  })

  it('lets one of two at once do it, and both have its answer', async () => {
    const body = groupBody()
    const [a, b] = await Promise.all([
      post(body, { 'idempotency-key': 'two' }),
      post(body, { 'idempotency-key': 'two' }),
    ])
    expect(a.status).toBe(201)
    expect(b).toEqual(a)
  })

  it('refuses another body, keeps a 422, and does not keep a conflict', async () => {
    const body = groupBody()
    await post(body, { 'idempotency-key': 'three' })
    expect((await post(groupBody(), { 'idempotency-key': 'three' })).status).toBe(409)
    const wrong = { ...groupBody(), timestamp_key: 'No' }
    const refused = await post(wrong, { 'idempotency-key': 'four' })
    expect(refused.status).toBe(422)
    expect((await post(wrong, { 'idempotency-key': 'four' })).status).toBe(422)
    expect((await post(body, { 'idempotency-key': 'five' })).status).toBe(409)
    expect((await post(body, { 'idempotency-key': 'with space' })).status).toBe(422)
  })
})

describe('OPTIONS', () => {
  it('says what the path offers, as the 405 does', async () => {
    const response = await OPTIONS(
      new Request('http://portal/api/v1/feature-groups', { method: 'OPTIONS' }),
      {
        params: Promise.resolve({}),
      },
    )
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS')
  })
})
