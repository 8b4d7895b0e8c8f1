import { describe, expect, test } from 'vitest'
import { decide, mayEver, mayKnow } from './decide'
import { verdictOf } from './engine'
import { setHelpDirectory } from './help'
import { systemResource } from './resource'
import type { Grant, Subject } from './subject'
import { contextWith, groupWith, subjectWith } from './testing/subjects'

const viewer = subjectWith({ roles: ['viewer'], teams: { t_growth: 'member' } })
const producer = subjectWith({ roles: ['producer'], teams: { t_flights: 'member' } })
const reviewer = subjectWith({ roles: ['reviewer'] })
const administrator = subjectWith({ roles: ['administrator'] })

const grant = (overrides: Partial<Grant> = {}): Grant => ({
  action: 'group:read_offline',
  groupId: 'g1',
  environments: [],
  purpose: 'churn',
  expiresAt: new Date('2026-06-01T00:00:00Z'),
  ...overrides,
})

const keyOf = (owner: Subject, limits: Partial<Extract<Subject, { kind: 'apiKey' }>>): Subject => ({
  id: owner.id,
  name: owner.name,
  roles: owner.roles,
  teams: owner.teams,
  grants: owner.grants,
  kind: 'apiKey',
  keyId: 'key',
  keyName: 'ci',
  scopes: [],
  environments: [],
  groups: [],
  expiresAt: null,
  ...limits,
})

describe('explanations', () => {
  test('a refusal names the nearest permit, what is missing and who can help', () => {
    setHelpDirectory(() => ['Mara Voss (flights)'])
    expect(decide(contextWith(viewer), 'group:update', groupWith())).toMatchObject({
      allowed: false,
      policies: [],
      rule: 'Needs a producer of team flights; you are a viewer.',
      missing: ['role producer in team flights (yours: growth)'],
      whoCanHelp: ['Mara Voss (flights)'],
    })
    setHelpDirectory(() => [])
  })

  test('what the resource alone would have to change is not offered as a way', () => {
    const consumer = subjectWith({ roles: ['consumer'] })
    const secret = groupWith({ classification: 'confidential' })
    expect(decide(contextWith(consumer), 'group:read_online', secret)).toMatchObject({
      rule: 'Needs a grant on route_delays; you are a consumer.',
      missing: ['a grant on route_delays'],
    })
  })

  test('a permitted act names its grounds', () => {
    expect(decide(contextWith(producer), 'group:write_online', groupWith())).toMatchObject({
      allowed: true,
      policies: ['producer-manages-own'],
      rule: 'Permitted to a producer of team flights.',
      missing: [],
    })
  })
})

describe('built-in forbids', () => {
  test('no one approves their own submission, not even an administrator', () => {
    const own = groupWith({ authorId: 'asker' })
    expect(decide(contextWith(administrator), 'version:approve', own)).toMatchObject({
      allowed: false,
      policies: ['four-eyes'],
      rule: 'No one approves their own submission.',
    })
    expect(decide(contextWith(reviewer), 'version:approve', groupWith()).allowed).toBe(true)
  })

  test('an unknown author counts as the asker', () => {
    const { authorId: _, ...unknown } = groupWith()
    expect(decide(contextWith(reviewer), 'version:approve', unknown).allowed).toBe(false)
  })

  test('a second person deprecates what is confidential; anyone of the team what is not', () => {
    const own = { authorId: 'asker' }
    expect(decide(contextWith(producer), 'version:deprecate', groupWith(own)).allowed).toBe(true)
    const secret = groupWith({ ...own, classification: 'confidential' })
    expect(decide(contextWith(producer), 'version:deprecate', secret).allowed).toBe(false)
    expect(decide(contextWith(producer), 'version:deprecate', { ...secret, authorId: 'other' }).allowed).toBe(
      true,
    )
  })

  test('restricted data is read under a grant whose purpose is declared', () => {
    const holder = subjectWith({ roles: ['consumer'], grants: [grant()] })
    const secret = groupWith({ classification: 'restricted' })
    const read = (purpose: string | null, now = '2026-05-03T12:00:00Z') =>
      decide(contextWith(holder, { purpose, now: () => new Date(now) }), 'group:read_offline', secret).allowed
    expect(read('churn')).toBe(true)
    expect(read(null)).toBe(false)
    expect(read('marketing')).toBe(false)
    expect(read('churn', '2026-06-01T00:00:00Z')).toBe(false)
    expect(decide(contextWith(administrator), 'group:read_offline', secret).policies).toEqual([
      'restricted-needs-a-purpose',
    ])
  })
})

describe('grants', () => {
  const holder = subjectWith({ roles: ['viewer'], grants: [grant({ environments: ['dev'] })] })
  const secret = groupWith({ classification: 'confidential' })

  test('hold in their environments and for their action alone', () => {
    const inDev = contextWith(holder, { environment: 'dev' })
    expect(decide(inDev, 'group:read_offline', secret).allowed).toBe(true)
    expect(decide(contextWith(holder), 'group:read_offline', secret).allowed).toBe(false)
    expect(decide(inDev, 'group:read_online', secret).allowed).toBe(false)
    expect(decide({ ...inDev, purpose: 'marketing' }, 'group:read_offline', secret).allowed).toBe(false)
  })

  test('let their holder know that a restricted asset exists', () => {
    const hidden = groupWith({ classification: 'restricted' })
    expect(mayKnow(contextWith(holder), hidden)).toBe(true)
    expect(mayKnow(contextWith(viewer), hidden)).toBe(false)
  })
})

describe('keys never exceed their owner', () => {
  const ofProducer = (limits: Parameters<typeof keyOf>[1]) => contextWith(keyOf(producer, limits))

  test.each([
    ['scopes', { scopes: ['catalog:describe'] }, 'key-scopes'],
    ['environments', { environments: ['dev'] }, 'key-environments'],
    ['groups', { groups: ['other'] }, 'key-groups'],
    ['expiry', { expiresAt: new Date('2026-05-03T12:00:00Z') }, 'key-expired'],
  ] as const)('narrowed by %s', (_, limits, policy) => {
    const limited = ofProducer({ ...limits } as Parameters<typeof keyOf>[1])
    expect(decide(limited, 'group:write_online', groupWith())).toMatchObject({
      allowed: false,
      policies: [policy],
    })
    expect(decide(ofProducer({}), 'group:write_online', groupWith()).allowed).toBe(true)
  })

  test('a scope that the owner does not have gives nothing', () => {
    const key = keyOf(viewer, { scopes: ['group:write_online'] })
    expect(decide(contextWith(key), 'group:write_online', groupWith()).allowed).toBe(false)
  })

  test('an environment that names the resource counts, not that of the request', () => {
    const dev = ofProducer({ environments: ['dev'] })
    expect(decide(dev, 'group:write_online', groupWith({ environment: 'dev' })).allowed).toBe(true)
  })
})

describe('roles for an environment', () => {
  const inDev: Subject = {
    ...subjectWith({ teams: { t_flights: 'member' } }),
    roles: [{ role: 'producer', teamId: null, environment: 'dev' }],
  }
  test('hold there alone', () => {
    expect(
      decide(contextWith(inDev, { environment: 'dev' }), 'group:write_online', groupWith()).allowed,
    ).toBe(true)
    expect(decide(contextWith(inDev), 'group:write_online', groupWith()).allowed).toBe(false)
    expect(mayEver(contextWith(inDev), 'group:write_online')).toBe(true)
  })
})

describe('the coarse question', () => {
  test.each([
    [viewer, 'group:read_online', false],
    [viewer, 'catalog:describe', true],
    [viewer, 'group:create', false],
    [producer, 'group:create', true],
    [subjectWith({ roles: ['producer'] }), 'group:create', false],
    [reviewer, 'audit:read', true],
    [viewer, 'audit:read', false],
    [viewer, 'key:create', true],
    [subjectWith({}), 'catalog:describe', false],
  ] as const)('%#', (actor, action, expected) => {
    expect(mayEver(contextWith(actor), action)).toBe(expected)
  })
})

test('nobody is nobody: the anonymous caller of public operations has no rights', () => {
  const anonymous = { kind: 'system', id: 'anonymous', name: 'anonymous', roles: [], teams: [] } as const
  const ctx = contextWith({ ...anonymous, roles: [], teams: [] })
  expect(decide(ctx, 'catalog:describe', groupWith()).allowed).toBe(false)
  expect(decide(ctx, 'settings:manage', systemResource).allowed).toBe(false)
})

test('a policy that errors denies, even where a permit was found', () => {
  const error = { message: 'no such attribute', help: null, code: null, url: null, severity: null }
  const verdict = verdictOf({
    type: 'success',
    response: { decision: 'allow', diagnostics: { reason: ['a'], errors: [{ policyId: 'b', error }] } },
    warnings: [],
  })
  expect(verdict).toMatchObject({ allowed: false, errors: ['b: no such attribute'] })
})

test('a kept decision ends when a grant does', () => {
  const holder = subjectWith({ grants: [grant({ purpose: null })] })
  const secret = groupWith({ classification: 'confidential' })
  const at = (now: string) =>
    decide(contextWith(holder, { now: () => new Date(now) }), 'group:read_offline', secret).allowed
  expect(at('2026-05-31T23:59:59Z')).toBe(true)
  expect(at('2026-06-01T00:00:00Z')).toBe(false)
  expect(at('2026-05-31T23:59:59Z')).toBe(true)
})
