import { beforeAll, describe, expect, it } from 'vitest'
import * as entities from '@/app/api/v1/entities/route'
import * as impact from '@/app/api/v1/feature-groups/[name]/impact/route'
import * as group from '@/app/api/v1/feature-groups/[name]/route'
import * as approve from '@/app/api/v1/feature-groups/[name]/versions/[version]/approve/route'
import * as deprecate from '@/app/api/v1/feature-groups/[name]/versions/[version]/deprecate/route'
import * as promote from '@/app/api/v1/feature-groups/[name]/versions/[version]/promote/route'
import * as version from '@/app/api/v1/feature-groups/[name]/versions/[version]/route'
import * as submit from '@/app/api/v1/feature-groups/[name]/versions/[version]/submit/route'
import * as versions from '@/app/api/v1/feature-groups/[name]/versions/route'
import * as groups from '@/app/api/v1/feature-groups/route'
import * as services from '@/app/api/v1/feature-services/route'
import * as search from '@/app/api/v1/search/route'
import { createApiKey } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { registerFeatureGroup } from './register-feature-group'
import { groupBody, mintName } from './testing'

const subjects = [
  'nobody',
  'viewer',
  'consumer',
  'producer',
  'stranger',
  'reviewer',
  'administrator',
] as const
type Subject = (typeof subjects)[number]
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Routes = { [M in Method]: typeof groups.GET }

const secrets = new Map<Subject, string>()
let open: string
let confidential: string
let restricted: string

const team = mintName('owners')

beforeAll(async () => {
  const roleOf = (subject: Subject) =>
    subject === 'nobody' ? [] : [subject === 'stranger' ? ('producer' as const) : subject]
  for (const subject of subjects) {
    const ofTeam = subject === 'producer' || subject === 'consumer' ? team : mintName('others')
    const owner = await testActor({ roles: roleOf(subject), team: ofTeam })
    secrets.set(subject, (await createApiKey(testContext(owner), { name: subject })).secret)
  }
  const author = testContext(await testActor({ roles: ['producer'], team }))
  const register = async (more: Record<string, unknown>) =>
    (await registerFeatureGroup(author, groupBody(more))).name
  open = await register({})
  confidential = await register({ classification: 'confidential' })
  restricted = await register({ classification: 'restricted' })
})

interface Call {
  routes: Routes
  method: Method
  path: string
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}

async function statusOf(subject: Subject, { routes, method, path, params = {}, body, headers = {} }: Call) {
  const request = new Request(`http://localhost/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secrets.get(subject)}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const response = await routes[method](request, { params: Promise.resolve(params) })
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  if (response.status >= 400) expect(isProblem).toBe(true)
  expect(response.headers.get('x-request-id')).toBeTruthy()
  return response.status
}

/** Statuses in the order of `subjects`. */
async function row(call: () => Call): Promise<string> {
  const statuses: number[] = []
  for (const subject of subjects) statuses.push(await statusOf(subject, call()))
  return statuses.join(' ')
}

const of = (name: string, major = '1') => ({ name, version: major })
const act = (routes: Routes, name: string, verb: string, body: unknown = { reason: 'x' }): Call => ({
  routes,
  method: 'POST',
  path: `/feature-groups/${name}/versions/1/${verb}`,
  params: of(name),
  body,
})

describe('every kind of subject', () => {
  // Subjects:                           nobody viewer consumer producer stranger reviewer administrator
  it.each<[string, () => Call, string]>([
    [
      'lists groups',
      () => ({ routes: groups, method: 'GET', path: '/feature-groups' }),
      '200 200 200 200 200 200 200',
    ],
    [
      'searches',
      () => ({ routes: search, method: 'GET', path: '/search?q=x' }),
      '200 200 200 200 200 200 200',
    ],
    [
      'reads an internal group',
      () => ({ routes: group, method: 'GET', path: `/feature-groups/${open}`, params: of(open) }),
      '404 200 200 200 200 200 200',
    ],
    [
      'reads a restricted group',
      () => ({ routes: group, method: 'GET', path: `/feature-groups/${restricted}`, params: of(restricted) }),
      '404 404 200 200 404 200 200',
    ],
    [
      'reads a version',
      () => ({
        routes: version,
        method: 'GET',
        path: `/feature-groups/${restricted}/versions/1`,
        params: of(restricted),
      }),
      '404 404 200 200 404 200 200',
    ],
    [
      'asks for the impact',
      () => ({
        routes: impact,
        method: 'GET',
        path: `/feature-groups/${restricted}/impact`,
        params: of(restricted),
      }),
      '404 404 200 200 404 200 200',
    ],
    [
      'registers a group for the team',
      () => ({
        routes: groups,
        method: 'POST',
        path: '/feature-groups',
        body: groupBody({ owner_team: team }),
      }),
      '403 403 403 201 403 403 201',
    ],
    [
      'registers an entity for the team',
      () => ({
        routes: entities,
        method: 'POST',
        path: '/entities',
        body: { name: mintName('e'), keys: [{ name: 'k', type: 'int64' }], owner_team: team },
      }),
      '403 403 403 201 403 403 201',
    ],
    [
      'saves a service for the team',
      () => ({
        routes: services,
        method: 'POST',
        path: '/feature-services',
        body: { name: mintName('s'), features: [`${open}:num_logins`], owner_team: team },
      }),
      '403 403 201 201 403 403 201',
    ],
    [
      'changes a group',
      () => ({
        routes: group,
        method: 'PATCH',
        path: `/feature-groups/${open}`,
        params: of(open),
        body: { description: mintName('d') },
        headers: { 'if-match': '*' },
      }),
      '403 403 403 200 403 403 200',
    ],
    [
      'changes a group without If-Match',
      () => ({ routes: group, method: 'PATCH', path: `/feature-groups/${open}`, params: of(open), body: {} }),
      '403 403 403 428 403 403 428',
    ],
    [
      'deletes an active group',
      () => ({
        routes: group,
        method: 'DELETE',
        path: `/feature-groups/${open}`,
        params: of(open),
        headers: { 'if-match': '*' },
      }),
      '403 403 403 409 403 403 409',
    ],
    [
      'adds a version of a restricted group',
      () => ({
        routes: versions,
        method: 'POST',
        path: `/feature-groups/${restricted}/versions`,
        params: of(restricted),
        body: { features: [{ name: mintName('f'), type: 'int64' }] },
      }),
      '403 403 403 201 404 403 201',
    ],
    ['submits twice', () => act(submit, confidential, 'submit', {}), '403 403 403 200 403 403 409'],
    ['approves twice', () => act(approve, confidential, 'approve', {}), '403 403 403 403 403 200 409'],
    [
      'promotes what is confidential',
      () => act(promote, confidential, 'promote', {}),
      '403 403 403 403 403 200 200',
    ],
    ['deprecates what is internal', () => act(deprecate, open, 'deprecate'), '403 403 403 200 403 403 409'],
  ])('%s', async (_, call, expected) => {
    expect(await row(call)).toBe(expected)
  })
})

describe('answers', () => {
  const send = (call: Call) => {
    const { routes, method, path, params = {}, body, headers = {} } = call
    const request = new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secrets.get('administrator')}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return routes[method](request, { params: Promise.resolve(params) })
  }

  it('a registration with Location and ETag, and the same ETag when it is read', async () => {
    const body = groupBody()
    const made = await send({ routes: groups, method: 'POST', path: '/feature-groups', body })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/v1/feature-groups/${body.name}`)
    const read = await send({
      routes: group,
      method: 'GET',
      path: `/feature-groups/${body.name}`,
      params: of(body.name),
    })
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'))
  })

  it.each<[string, unknown, number, string | undefined]>([
    ['text that is no JSON', '{', 400, ''],
    ['nothing', '', 422, ''],
    ['a list', [], 422, ''],
    ['an unknown member', groupBody({ colour: 'red' }), 422, '/colour'],
    [
      'a number that a double does not hold',
      '{"name":"a","features":[],"online":9007199254740993}',
      422,
      '/timestamp_key',
    ],
    ['__proto__ as a member', '{"__proto__":{"x":1},"name":"a"}', 422, undefined],
    ['U+0000', groupBody({ description: 'a\u0000' }), 422, '/description'],
    ['a bad path in deep', groupBody({ source: { kind: 'file', a: { b: 'x\u0000' } } }), 422, '/source'],
  ])('%s with a problem that names the place', async (_, body, status, pointer) => {
    const answer = await send({ routes: groups, method: 'POST', path: '/feature-groups', body })
    const problem = await answer.json()
    expect(problem).toMatchObject({ status, instance: '/api/v1/feature-groups' })
    const pointers = (problem.errors ?? []).map((one: { pointer: string }) => one.pointer)
    if (pointer !== undefined) expect(pointers).toContain(pointer)
  })

  it.each(['a%00b', 'Großes', '../x', '"', '1'])('404 for the name %s', async (name) => {
    const params = { name: decodeURIComponent(name) }
    const answer = await send({ routes: group, method: 'GET', path: `/feature-groups/${name}`, params })
    expect(answer.status).toBe(404)
  })
})
