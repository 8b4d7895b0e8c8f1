import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, catalogDocuments, edges } from '@/db/schema'
import { getFeatureGroup } from './get-feature-group'
import { listFeatureGroupsQuery } from './group-operations'
import { listFeatureGroups } from './list-feature-groups'
import { registerFeatureGroup } from './register-feature-group'
import { resolveFeatures } from './resolve-features'
import { resolveVersion } from './resolve-version'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from './testing'

let team: TestTeam
beforeAll(async () => {
  team = await mintTeam()
})

const producer = () => contextOf(['producer'], team)
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error) => ({
      code: error.code,
      pointers: error.details?.errors?.map((one: { pointer: string }) => one.pointer),
    }),
  )

describe('registerFeatureGroup', () => {
  it('activates an internal group at once, owned by the only team of its author', async () => {
    const ctx = producer()
    const body = groupBody({ environments: ['dev', 'prod'], ttl: 'P30D' })
    const group = await registerFeatureGroup(ctx, body)
    expect(group).toMatchObject({
      name: body.name,
      state: 'active',
      review: 'not_required',
      version: 1,
      revision: 1,
      owner_team: team.name,
      classification: 'internal',
      ttl: 'P30D',
      primary_key: ['customer_id'],
      keys: [{ name: 'customer_id', type: 'int64' }],
      environments: [
        { name: 'dev', state: 'promoted' },
        { name: 'prod', state: 'promoted' },
      ],
      etag: '"1"',
    })
    expect(group.features.map((feature) => feature.name)).toEqual(['num_logins', 'avg_session_duration'])
    expect(await getFeatureGroup(ctx, body.name)).toEqual(group)
  })

  it('writes catalogue lines, edges and the audit row with it', async () => {
    const body = groupBody()
    const ctx = producer()
    await registerFeatureGroup(ctx, body)
    const lines = await db().select().from(catalogDocuments).where(eq(catalogDocuments.groupName, body.name))
    expect(lines.map((line) => line.name).sort()).toEqual([
      body.name,
      `${body.name}:avg_session_duration`,
      `${body.name}:num_logins`,
    ])
    const [edge] = await db().select().from(edges).where(eq(edges.fromName, body.name))
    expect(edge).toMatchObject({ toKind: 'entity', toName: body.entity.name, relation: 'describes' })
    const rows = await db()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.resourceName, body.name), eq(auditLog.action, 'group:create')))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ verdict: 'allow', actorId: ctx.actor.id })
  })

  it('keeps a confidential group as a draft that waits for a second person', async () => {
    const group = await registerFeatureGroup(producer(), groupBody({ classification: 'confidential' }))
    expect(group).toMatchObject({
      state: 'draft',
      review: 'required',
      environments: [{ name: 'prod', state: 'registered' }],
    })
  })

  it('keeps a group without key', async () => {
    const group = await registerFeatureGroup(producer(), groupBody({ entity: null, primary_key: [] }))
    expect(group).toMatchObject({ entity: null, primary_key: [] })
  })

  it('takes the keys of an entity that exists, and refuses what differs from them', async () => {
    const first = groupBody()
    await registerFeatureGroup(producer(), first)
    const entity = first.entity.name
    const again = await registerFeatureGroup(producer(), groupBody({ entity, primary_key: undefined }))
    expect(again.primary_key).toEqual(['customer_id'])
    const differs = groupBody({ entity: { name: entity, keys: [{ name: 'customer_id', type: 'string' }] } })
    expect(await failure(registerFeatureGroup(producer(), differs))).toEqual({
      code: 'invalid',
      pointers: ['/entity/keys'],
    })
    expect(
      await failure(registerFeatureGroup(producer(), groupBody({ entity, primary_key: ['id'] }))),
    ).toEqual({
      code: 'invalid',
      pointers: ['/primary_key'],
    })
  })

  it.each([
    ['an unknown entity', { entity: 'nothing_like_it' }, '/entity'],
    ['keys without entity', { entity: null }, '/entity'],
    ['an unknown team', { owner_team: 'nobody' }, '/owner_team'],
    ['an unknown environment', { environments: ['prod', 'moon'] }, '/environments/1'],
    ['an unknown source', { source: 'nothing' }, '/source'],
    [
      'a feature named like a key of the entity',
      { primary_key: undefined, features: [{ name: 'customer_id', type: 'int64' }] },
      '/features/0/name',
    ],
    [
      'a transformation that reads nothing known',
      { transformation: { sql: 'select 1', inputs: ['nothing'] } },
      '/transformation/inputs/0',
    ],
  ])('refuses %s and leaves nothing behind', async (_, change, pointer) => {
    const body = groupBody(change)
    expect(await failure(registerFeatureGroup(producer(), body))).toEqual({
      code: 'invalid',
      pointers: [pointer],
    })
    expect(await failure(getFeatureGroup(producer(), body.name))).toMatchObject({ code: 'not_found' })
  })

  it('makes an entity once when groups that state it come at once', async () => {
    const entity = { name: mintName('buoy'), keys: [{ name: 'customer_id', type: 'int64' }] }
    const register = () => registerFeatureGroup(producer(), groupBody({ entity }))
    const groups = await Promise.all([register(), register(), register()])
    expect(new Set(groups.map((group) => group.entity))).toEqual(new Set([entity.name]))
  })

  it('refuses a name that is taken, also when two come at once', async () => {
    const body = groupBody()
    const outcomes = await Promise.all([
      failure(registerFeatureGroup(producer(), body)),
      failure(registerFeatureGroup(producer(), body)),
    ])
    expect(outcomes.filter((one) => one === 'no failure')).toHaveLength(1)
    expect(outcomes).toContainEqual({ code: 'conflict', pointers: ['/name'] })
  })

  it('refuses a viewer before looking at the body, and a producer of another team', async () => {
    expect(await failure(registerFeatureGroup(contextOf(['viewer'], team), 'no body at all'))).toMatchObject({
      code: 'forbidden',
    })
    const other = await mintTeam()
    expect(
      await failure(registerFeatureGroup(producer(), groupBody({ owner_team: other.name }))),
    ).toMatchObject({ code: 'forbidden' })
  })
})

describe('reading what was registered', () => {
  it('resolves the promoted version with its types', async () => {
    const body = groupBody({ ttl: 'PT1H', allowed_skew: 'PT5M' })
    await registerFeatureGroup(producer(), body)
    const version = await resolveVersion(contextOf(['viewer']), { group: body.name })
    expect(version).toMatchObject({
      major: 1,
      promoted: true,
      ttlSeconds: 3600,
      allowedSkewSeconds: 300,
      online: true,
    })
    expect(version.features.map(({ name, type, position }) => ({ name, type, position }))).toEqual([
      { name: 'num_logins', type: { kind: 'int64' }, position: 0 },
      { name: 'avg_session_duration', type: { kind: 'float64' }, position: 1 },
    ])
  })

  it('answers features in the order asked, and names what is unknown', async () => {
    const body = groupBody({
      features: [
        { name: 'a', type: 'int64' },
        { name: 'b', type: 'string' },
        { name: 'churned', type: 'bool', role: 'label', horizon: 'P30D' },
      ],
    })
    await registerFeatureGroup(producer(), body)
    const ctx = contextOf(['viewer'])
    const asked = [`${body.name}:b`, `${body.name}@1:a`]
    const { selections } = await resolveFeatures(ctx, { features: asked })
    expect(selections.map((one) => one.feature.name)).toEqual(['b', 'a'])
    const ask = (reference: string) => resolveFeatures(ctx, { features: [reference] })
    await expect(ask(`${body.name}:c`)).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(`${body.name}@2:a`)).rejects.toThrow(`Feature group ${body.name}@2 was not found.`)
    await expect(ask(`${body.name}:churned`)).rejects.toMatchObject({ code: 'invalid' })
    await expect(ask('a')).rejects.toMatchObject({ code: 'invalid' })
    await expect(resolveVersion(ctx, { group: body.name }, 'dev')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('hides a restricted group from lists and answers as if it were not there', async () => {
    const body = groupBody({ name: mintName('secret'), classification: 'restricted' })
    const ctx = producer()
    await registerFeatureGroup(ctx, body)
    const query = listFeatureGroupsQuery.parse({ q: body.name })
    const { data, meta } = await listFeatureGroups(ctx, query)
    expect(meta.total).toBe(1)
    expect(data).toMatchObject([{ name: body.name, version: 1, state: 'draft', feature_count: 2 }])
    const viewer = contextOf(['viewer'])
    expect(await listFeatureGroups(viewer, query)).toEqual({
      data: [],
      meta: { next_cursor: null, total: 0 },
    })
    const hidden = await getFeatureGroup(viewer, body.name).catch((error) => error)
    const missing = await getFeatureGroup(viewer, 'not_there').catch((error) => error)
    expect(hidden.message.replace(body.name, 'not_there')).toBe(missing.message)
    await expect(resolveVersion(viewer, { group: body.name, version: 1 })).rejects.toThrow(hidden.message)
  })
})
