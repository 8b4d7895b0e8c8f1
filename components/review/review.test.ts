import { describe, expect, it } from 'vitest'
import type { ReviewDetailResource, ReviewEvent } from '@/lib/governance/operations'
import { addVersionInput, type DiffResource, type VersionResource } from '@/lib/registry/operations'
import { actWords } from './act-words'
import { checksOf } from './checks'
import { withDescriptions } from './with-descriptions'
import { eventWords } from './words'

const review = (overrides: Partial<ReviewDetailResource> = {}): ReviewDetailResource => ({
  group: 'route_delays',
  version: 2,
  state: 'in_review',
  change: 'new_version',
  classification: 'internal',
  owner_team: 'flights',
  author: 'Mara Voss',
  authors: ['Mara Voss'],
  submitted_by: 'Mara Voss',
  since: '2026-05-01T00:00:00.000000Z',
  environments: ['prod'],
  risk: null,
  risk_reasons: [],
  approvals: [],
  approvals_needed: 1,
  due_at: null,
  change_set: null,
  compared_with: 1,
  missing: [],
  tests: { state: 'none', at: null },
  commits: [{ environment: 'prod', commits: 0 }],
  acts: [],
  history: [],
  unfilled: [],
  misnamed: [],
  contract: { in_force: null, proposed: null, followed: null, open_breaches: 0, environment: 'prod' },
  may_edit: false,
  threads: { open: 0, all: 0 },
  stale: false,
  reviewers: [],
  etag: '"1"',
  ...overrides,
})

const diff = (classes: DiffResource['changes'][number]['class'][], services = 0): DiffResource => ({
  group: 'route_delays',
  from: 1,
  from_revision: 1,
  to: 2,
  to_revision: 1,
  compatible: !classes.includes('breaking'),
  changes: classes.map((one, index) => ({ field: `ttl${index}`, old: 'P60D', new: 'P30D', class: one })),
  impact: {
    group: 'route_delays',
    version: 1,
    change: 'new_version',
    effect: 'Nothing at once.',
    services: Array.from({ length: services }, (_, index) => ({
      name: `model_${index}`,
      version: 1,
      features: [],
      owner_team: 'flights',
    })),
    groups: [],
    datasets: [],
    models: [],
    consumers: [],
    note: 'Only what you may know of.',
    loses_access: [],
    owner_teams: ['flights'],
    replacement: null,
    refused: null,
  },
})

const textsOf = (...args: Parameters<typeof checksOf>) =>
  checksOf(...args).map(({ state, text }) => `${state}: ${text}`)

describe('checksOf', () => {
  it('names what breaks, who is touched and that a second person is missing', () => {
    expect(textsOf(review(), diff(['breaking', 'info'], 2))).toEqual([
      'ok: Group and features are described.',
      'unknown: Not approved yet: it waits for somebody other than Mara Voss.',
      'warn: 1 breaking change against version 1: it holds data of its own.',
      'warn: Version 1 is used by 2 services.',
      'unknown: It has no contract.',
    ])
  })

  it('names everybody with a hand in it', () => {
    const [, second] = textsOf(review({ authors: ['Mara Voss', 'Ben'] }), null)
    expect(second).toBe('unknown: Not approved yet: it waits for somebody other than Mara Voss and Ben.')
  })

  it('says what the tests of the transformation said', () => {
    const of = (state: ReviewDetailResource['tests']['state']) =>
      textsOf(review({ state: 'in_review', tests: { state, at: null } }), null).join(' ')
    expect(of('passed')).toContain('passed')
    expect(of('failed')).toContain('neither be submitted nor approved')
    expect(of('none')).not.toContain('tests')
  })

  it('tells names against the rules, a contract that waits and breaches that are open', () => {
    const told = textsOf(
      review({
        misnamed: ['`total_spend`: holds `total`, a word that is reserved.'],
        contract: {
          in_force: { number: 2, terms: 4 },
          proposed: { number: 3, waits_for: ['churn_v2', 'risk'] },
          followed: null,
          open_breaches: 2,
          environment: 'prod',
        },
      }),
      null,
    )
    expect(told).toEqual(
      expect.arrayContaining([
        'warn: Named against the rules. `total_spend`: holds `total`, a word that is reserved.',
        'ok: Contract 2 is in force, with 4 terms.',
        'warn: Contract 3 is proposed. It waits for churn_v2 and risk to sign.',
        'fail: 2 breaches of it are open in prod.',
      ]),
    )
  })

  it('tells the risk, what is open, whose approval is missing and that the ground has moved', () => {
    const facts: Partial<ReviewDetailResource> = {
      risk: 'high',
      risk_reasons: ['It is restricted.'],
      approvals: ['Rita'],
      approvals_needed: 2,
      threads: { open: 1, all: 3 },
      stale: true,
    }
    expect(textsOf(review(facts), diff(['info']))).toEqual([
      'ok: Group and features are described.',
      'fail: Version 1 has changed since this was submitted: withdraw it, and submit it anew.',
      'unknown: Approved by Rita: 1 approval more.',
      'ok: Compatible with version 1.',
      'ok: Nobody reads version 1.',
      'unknown: It has no contract.',
      'fail: Risk high. It is restricted.',
      'warn: 1 thread of 3 open.',
    ])
  })

  it('names at most five of what is not described', () => {
    const [first] = textsOf(review({ state: 'draft', missing: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }), null)
    expect(first).toBe('fail: Not described: a, b, c, d, e, and 2 more.')
  })

  it('warns before an empty version is promoted, and of nothing else', () => {
    expect(textsOf(review({ state: 'active' }), diff(['info']))).toEqual([
      'ok: Compatible with version 1.',
      'ok: Nobody reads version 1.',
      'unknown: It has no contract.',
      'warn: No rows in prod: promoted now, reads without a version find nothing there.',
    ])
  })
})

describe('actWords', () => {
  const act = (name: 'approve' | 'reject' | 'promote') => ({
    act: name,
    environment: name === 'promote' ? 'prod' : null,
    allowed: true,
    rule: '',
    who_can_help: [],
  })

  it('tells an approval that serves at once from one that waits and from a revision', () => {
    expect(actWords(act('approve'), review(), null).effects[0]).toContain('served in prod')
    expect(actWords(act('approve'), review(), diff(['breaking'])).effects[1]).toContain('until this one')
    expect(actWords(act('approve'), review(), diff(['info'])).effects[0]).toContain('next revision')
  })

  it('asks for a reason where something is taken away', () => {
    expect(actWords(act('reject'), review(), null).reason).toBe('required')
    expect(actWords(act('promote'), review(), null)).toMatchObject({
      label: 'Promote in prod',
      reason: 'optional',
    })
  })
})

it('tells approval and sending back apart, which are one action', () => {
  const event = (reason: string | null): ReviewEvent => ({
    id: '1',
    time: '2026-05-01T00:00:00.000000Z',
    actor: 'Rita',
    action: 'version:approve',
    environment: null,
    reason,
  })
  const told = (reason: string) => eventWords(event(reason))
  expect(told('Rejected: No owner.')).toEqual({ what: 'rejected it', reason: 'No owner.' })
  expect(told('Changes requested: Why?')).toEqual({ what: 'asked for changes', reason: 'Why?' })
  expect(eventWords(event('Fine.'))).toEqual({ what: 'approved it', reason: 'Fine.' })
})

it('sends the whole definition again with what was written, as the interface takes it', () => {
  const feature = {
    contract: { min: 0 },
    expression: null,
    role: 'feature',
    horizon: null,
    classification: null,
    tags: ['crew'],
    permitted_use: [],
  } as const
  const version: VersionResource = {
    group: 'gate_changes',
    version: 1,
    revision: 1,
    state: 'draft',
    environments: [{ name: 'prod', state: 'registered', promoted_at: null }],
    primary_key: ['airport_code'],
    keys: [{ name: 'airport_code', type: 'string' }],
    timestamp_key: 'window_end',
    ttl: 'P7D',
    source_delay: 'PT0S',
    allowed_skew: 'P1D',
    online: true,
    source: { kind: 'file', name: 'gates' },
    inputs: [{ name: 'raw', type: 'int64' }],
    transformation: null,
    features: [
      {
        ...feature,
        tags: [...feature.tags],
        permitted_use: [],
        name: 'changes',
        type: 'int64',
        description: '',
      },
      {
        ...feature,
        tags: [...feature.tags],
        permitted_use: [],
        name: 'late',
        type: 'int64',
        description: 'Late ones.',
      },
    ],
    deprecation: null,
    archival: null,
    review: 'required',
    created_at: '2026-05-01T00:00:00.000000Z',
    created_by: 'Mara Voss',
    activated_at: null,
  }
  const sent = addVersionInput.parse(withDescriptions(version, { changes: ' Changes of gate. ' }))
  expect(sent.features.map(({ description }) => description)).toEqual(['Changes of gate.', 'Late ones.'])
  expect(sent).toMatchObject({
    ttl: 'P7D',
    source: version.source,
    inputs: version.inputs,
    environments: ['prod'],
  })
})
