import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { closeDatabase, db, withTransaction } from '@/db/client'
import { auditLog, organisationSettings } from '@/db/schema'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { DomainError } from '@/lib/core/errors'
import {
  addVersion,
  deleteDomain,
  getDomain,
  getFeatureGroup,
  listDomains,
  registerDomain,
  registerEntity,
  registerFeatureGroup,
  registerFeatureService,
  registerSource,
  submitVersion,
  updateDomain,
  updateFeatureGroup,
} from '.'
import { requireDomain } from './domain-of'
import { insertEntity } from './insert-entity'
import { listQuery } from './operations'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from './testing'

let team: TestTeam
let ctx: Context

beforeAll(async () => {
  team = await mintTeam()
  ctx = contextOf(['producer'], team)
})
afterEach(async () => {
  await db().delete(organisationSettings)
})
afterAll(closeDatabase)

const set = (key: string, value: unknown) =>
  db().insert(organisationSettings).values({ key, value, revision: 1 })

const register = (more: object = {}) =>
  registerFeatureGroup(ctx, groupBody({ owner_team: team.name, ...more }))

const failureOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: DomainError) => error,
  )
const pointersOf = async (work: Promise<unknown>) => {
  const { code, details } = await failureOf(work)
  return [code, ...(details.errors ?? []).map(({ pointer }) => pointer)]
}

describe('naming rules', () => {
  const rules = {
    patterns: [{ kinds: ['feature'], pattern: '[a-z]+(_[a-z0-9]+)*', explanation: '' }],
    team_prefixes: [],
    reserved: ['tmp'],
  }

  it('hold names of everything new at its place, and leave names that are there alone', async () => {
    const old = await register({ name: mintName('tmp') })
    await set('registry.naming', rules)
    expect(await pointersOf(register({ name: mintName('tmp') }))).toEqual(['invalid', '/name'])
    const feature = { name: 'double__bar', type: 'int64', description: 'Odd.' }
    expect(await pointersOf(register({ features: [feature] }))).toEqual(['invalid', '/features/0/name'])
    const entity = { name: 'tmp_person', keys: [{ name: 'customer_id', type: 'int64' }] }
    expect(await pointersOf(register({ entity }))).toEqual(['invalid', '/entity/name'])
    expect(await pointersOf(registerEntity(ctx, { ...entity, owner_team: team.name }))).toEqual([
      'invalid',
      '/name',
    ])
    expect(
      await pointersOf(registerSource(ctx, { name: 'tmp_file', kind: 'push', owner_team: team.name })),
    ).toEqual(['invalid', '/name'])
    const service = { name: 'tmp_scores', features: [`${old.name}:num_logins`], owner_team: team.name }
    expect(await pointersOf(registerFeatureService(ctx, service))).toEqual(['invalid', '/name'])
    expect(await pointersOf(registerDomain(ctx, { name: 'tmp_area', owner_team: team.name }))).toEqual([
      'invalid',
      '/name',
    ])
    await updateFeatureGroup(ctx, old.name, { description: 'Still here.' }, '*')
  })

  it('keep a prefix for a team', async () => {
    const prefix = `${mintName('p')}_`
    await set('registry.naming', {
      patterns: [],
      reserved: [],
      team_prefixes: [{ team: team.name, prefix, kinds: ['group'] }],
    })
    expect(await pointersOf(register())).toEqual(['invalid', '/name'])
    const other = await mintTeam()
    const stranger = contextOf(['producer'], other)
    const taken = groupBody({ owner_team: other.name, name: `${prefix}orders` })
    expect(await pointersOf(registerFeatureGroup(stranger, taken))).toEqual(['invalid', '/name'])
    expect((await register({ name: `${prefix}orders` })).state).toBe('active')
  })

  it('hold features that a version adds, not those that it keeps', async () => {
    const group = await register({ features: [{ name: 'tmp_old', type: 'int64', description: 'Old.' }] })
    await set('registry.naming', rules)
    const kept = { name: 'tmp_old', type: 'int64', description: 'Old.' }
    const added = { name: 'tmp_new', type: 'int64', description: 'New.' }
    expect(await pointersOf(addVersion(ctx, group.name, { features: [kept, added] }))).toEqual([
      'invalid',
      '/features/1/name',
    ])
    const fine = await addVersion(ctx, group.name, { features: [kept, { ...added, name: 'visits' }] })
    expect(fine.change).toBe('compatible')
  })
})

describe('mandatory fields', () => {
  const needed = {
    mandatory: [{ field: 'domain', from: 'public' }],
    custom_fields: [
      { name: 'retention_days', label: 'Retention', type: 'number', required_from: 'internal' },
      { name: 'ticket', label: 'Ticket', type: 'text' },
    ],
  }

  it('are looked at when a version is submitted, never when its draft is made', async () => {
    await set('registry.fields', needed)
    const draft = await register()
    expect(draft).toMatchObject({ state: 'draft' })
    expect(draft.missing.map(({ pointer }) => pointer)).toEqual(['/domain', '/custom/retention_days'])
    expect(await pointersOf(submitVersion(ctx, draft.name, 1, {}))).toEqual([
      'invalid',
      '/domain',
      '/custom/retention_days',
    ])
    const domain = mintName('area')
    await updateFeatureGroup(ctx, draft.name, { domain, custom: { retention_days: 30 } }, '*')
    expect(await submitVersion(ctx, draft.name, 1, {})).toMatchObject({
      state: 'active',
      environments: [{ name: 'prod', state: 'promoted' }],
    })
    expect((await getFeatureGroup(ctx, draft.name)).missing).toEqual([])
  })

  it('leave what is filled active at once', async () => {
    await set('registry.fields', needed)
    expect(await register({ domain: mintName('area'), custom: { retention_days: 30 } })).toMatchObject({
      state: 'active',
      custom: { retention_days: 30 },
    })
  })

  it('of the organisation are held to their type, and unknown ones refused', async () => {
    await set('registry.fields', needed)
    expect(await pointersOf(register({ custom: { retention_days: 'long', colour: 'red' } }))).toEqual([
      'invalid',
      '/custom/retention_days',
      '/custom/colour',
    ])
  })

  it('always hold a purpose and a lawful basis from confidential up', async () => {
    const bare = { purposes: [], lawful_basis: null }
    const draft = await register({ ...bare, classification: 'confidential' })
    expect(await pointersOf(submitVersion(ctx, draft.name, 1, {}))).toEqual([
      'invalid',
      '/purposes',
      '/lawful_basis',
    ])
    const founded = { purposes: ['churn prediction'], lawful_basis: 'contract' }
    await updateFeatureGroup(ctx, draft.name, founded, '*')
    expect(await submitVersion(ctx, draft.name, 1, {})).toMatchObject({ state: 'in_review' })
    expect(await register(bare)).toMatchObject({ state: 'active' })
    const column = { name: 'income', type: 'int64', description: 'A year.', classification: 'restricted' }
    const mixed = await register({ ...bare, features: [column] })
    expect(await pointersOf(submitVersion(ctx, mixed.name, 1, {}))).toContain('/lawful_basis')
  })

  it('are not emptied again by what changes of a version that serves', async () => {
    const bare = await register({ purposes: [], lawful_basis: null })
    const raised = updateFeatureGroup(ctx, bare.name, { classification: 'confidential' }, '*')
    expect(await pointersOf(raised)).toEqual(['invalid', '/purposes', '/lawful_basis'])
    const founded = { purposes: ['churn prediction'], lawful_basis: 'contract' }
    await updateFeatureGroup(ctx, bare.name, { classification: 'confidential', ...founded }, '*')
    const emptied = updateFeatureGroup(ctx, bare.name, { purposes: [] }, '*')
    expect(await pointersOf(emptied)).toEqual(['invalid', '/purposes'])
    expect(await updateFeatureGroup(ctx, bare.name, { note: 'As before.' }, '*')).toMatchObject(founded)
  })

  it('hold features that a revision adds or leaves without words', async () => {
    const { name, features } = await register()
    const silent = { name: 'pages', type: 'int64', description: '' }
    await addVersion(ctx, name, { features: [...features, silent] })
    await set('registry.fields', { mandatory: [{ field: 'feature_descriptions', from: 'public' }] })
    const more = { name: 'clicks', type: 'int64', description: '' }
    expect(await pointersOf(addVersion(ctx, name, { features: [...features, silent, more] }))).toContain(
      'invalid',
    )
    expect(
      await addVersion(ctx, name, { features: [...features, silent, { ...more, description: 'Said.' }] }),
    ).toMatchObject({ state: 'active' })
  })
})

describe('domains', () => {
  it('are not deleted while something that names them is being written', async () => {
    const { name } = await registerDomain(ctx, { name: mintName('area'), owner_team: team.name })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const naming = withTransaction(async (tx) => {
      const decision = decide(ctx, 'group:create', systemResource)
      await requireDomain(tx, ctx, { name, team, decision })
      release()
      const blocked = sql`select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`
      await vi.waitFor(async () => expect(await tx.execute(blocked)).toHaveLength(1), 5_000)
      const entity = { name: mintName('thing'), keys: [{ name: 'id', type: 'int64' }], domain: name }
      await insertEntity(tx, ctx, { ...entity, team })
    })
    const deleting = held.then(() => failureOf(deleteDomain(ctx, name, '*')))
    const [, refusal] = await Promise.all([naming, deleting])
    expect(refusal.code).toBe('conflict')
    expect(await getDomain(ctx, name)).toMatchObject({ name })
  })

  it('are made with the asset that names them, and told', async () => {
    const domain = mintName('area')
    const group = await register({ domain })
    expect(await getDomain(ctx, domain)).toMatchObject({
      owner_team: team.name,
      groups: [group.name],
      entities: [],
    })
    const made = await db().select().from(auditLog)
    expect(made.filter((row) => row.resourceKind === 'domain' && row.resourceName === domain)).toHaveLength(1)
    expect((await listDomains(ctx, listQuery.parse({ limit: 200 }))).data.map(({ name }) => name)).toContain(
      domain,
    )
  })

  it('are registered first where the organisation wants it so', async () => {
    await set('registry.domains', { unknown: 'refuse' })
    const domain = mintName('area')
    expect(await pointersOf(register({ domain }))).toEqual(['invalid', '/domain'])
    await registerDomain(ctx, { name: domain, description: 'Ours.', owner_team: team.name })
    expect(await register({ domain })).toMatchObject({ domain })
    const group = await register()
    expect(await pointersOf(updateFeatureGroup(ctx, group.name, { domain: mintName('b') }, '*'))).toEqual([
      'invalid',
      '/domain',
    ])
  })

  it('change against what was read, and stay while something names them', async () => {
    const { name, etag } = await registerDomain(ctx, { name: mintName('area'), owner_team: team.name })
    const changed = await updateDomain(ctx, name, { description: 'Theirs.' }, etag)
    expect(changed.description).toBe('Theirs.')
    expect((await failureOf(updateDomain(ctx, name, { description: 'Mine.' }, etag))).code).toBe(
      'precondition_failed',
    )
    const group = await register({ domain: name })
    const refusal = await failureOf(deleteDomain(ctx, name, '*'))
    expect(refusal).toMatchObject({ code: 'conflict' })
    expect(refusal.message).toContain(group.name)
    await updateFeatureGroup(ctx, group.name, { domain: null }, '*')
    await deleteDomain(ctx, name, '*')
    expect((await failureOf(getDomain(ctx, name))).code).toBe('not_found')
    expect((await failureOf(registerDomain(ctx, { name: group.name, owner_team: 'nobody' }))).code).toBe(
      'invalid',
    )
  })

  it('are changed by their team alone', async () => {
    const { name } = await registerDomain(ctx, { name: mintName('area'), owner_team: team.name })
    const stranger = contextOf(['producer'], await mintTeam())
    expect((await failureOf(updateDomain(stranger, name, { description: 'x' }, '*'))).code).toBe('forbidden')
    expect((await failureOf(deleteDomain(stranger, name, '*'))).code).toBe('forbidden')
  })
})
