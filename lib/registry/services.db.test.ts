import { and, eq, isNull } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { edges } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { listQuery } from './fields'
import * as registry from './index'
import { listFeatureServicesQuery } from './service-operations'
import { contextOf, groupBody, mintName, mintTeam } from './testing'

let owner: Context
const viewer = contextOf(['viewer'])
beforeAll(async () => {
  owner = contextOf(['producer', 'consumer'], await mintTeam())
})

const register = async (overrides: Record<string, unknown> = {}) => {
  const body = groupBody(overrides)
  await registry.registerFeatureGroup(owner, body)
  return body.name
}
const save = (features: string[], more: object = {}) =>
  registry.registerFeatureService(owner, {
    name: mintName('service'),
    features,
    purpose: 'churn prediction',
    ...more,
  })

describe('a feature service', () => {
  it('pins the versions that are served when it is saved', async () => {
    const group = await register()
    const service = await save([`${group}:avg_session_duration`, `${group}@1:num_logins`])
    expect(service).toMatchObject({
      version: 1,
      features: [`${group}@1:avg_session_duration`, `${group}@1:num_logins`],
      classification: 'internal',
      full_feature_names: false,
    })
    expect(service.entities).toHaveLength(1)
    const { selections, service: read } = await registry.resolveFeatures(viewer, {
      featureService: service.name,
    })
    expect(selections.map((one) => one.reference)).toEqual(service.features)
    expect(read).toMatchObject({ name: service.name, version: 1, purpose: 'churn prediction' })
  })

  it('is not given a version over one that somebody else made meanwhile', async () => {
    const group = await register()
    const service = await save([`${group}:num_logins`])
    const features = [`${group}:avg_session_duration`]
    const late = { features, based_on: service.etag }
    await registry.addServiceVersion(owner, service.name, late)
    await expect(registry.addServiceVersion(owner, service.name, late)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    const now = await registry.getFeatureService(owner, service.name)
    expect(now.version).toBe(2)
    const met = { features, based_on: now.etag }
    expect(await registry.addServiceVersion(owner, service.name, met)).toMatchObject({ version: 3 })
  })

  it('keeps its old versions for those who name them', async () => {
    const group = await register()
    const { name } = await save([`${group}:num_logins`])
    const next = await registry.addServiceVersion(owner, name, {
      features: [`${group}:avg_session_duration`],
    })
    expect(next).toMatchObject({ version: 2, features: [`${group}@1:avg_session_duration`] })
    const read = (serviceVersion?: number) =>
      registry.resolveFeatures(viewer, {
        featureService: name,
        ...(serviceVersion ? { serviceVersion } : {}),
      })
    expect((await read()).selections[0]?.feature.name).toBe('avg_session_duration')
    expect((await read(1)).selections[0]?.feature.name).toBe('num_logins')
    await expect(read(3)).rejects.toMatchObject({ code: 'not_found' })
    const open = await db()
      .select({ from: edges.fromName })
      .from(edges)
      .where(and(eq(edges.toName, name), isNull(edges.validTo)))
    expect(open.map((edge) => edge.from).sort()).toEqual([group, `${group}:avg_session_duration`])
  })

  it('refuses labels, duplicates, ambiguous names and what is unknown', async () => {
    const group = await register({
      features: [
        { name: 'num_logins', type: 'int64' },
        { name: 'churned', type: 'bool', role: 'label', horizon: 'P30D' },
      ],
    })
    const other = await register()
    const refused = { code: 'invalid' }
    await expect(save([`${group}:churned`])).rejects.toMatchObject(refused)
    await expect(save([`${group}:num_logins`, `${group}@1:num_logins`])).rejects.toMatchObject({
      details: { errors: [{ pointer: '/features/1', code: 'duplicate' }] },
    })
    await expect(save([`${group}:num_logins`, `${other}:num_logins`])).rejects.toMatchObject({
      details: { errors: [{ pointer: '/features/1', code: 'ambiguous_name' }] },
    })
    await save([`${group}:num_logins`, `${other}:num_logins`], { full_feature_names: true })
    await expect(save([`${group}:nothing`])).rejects.toThrow(`Feature ${group}:nothing was not found.`)
    await expect(save(['nothing:at_all'])).rejects.toMatchObject({ code: 'not_found' })
    await expect(save([])).rejects.toMatchObject(refused)
  })

  it('cannot name a deprecated version, while one that does goes on', async () => {
    const group = await register()
    const before = await save([`${group}:num_logins`])
    await registry.deprecateVersion(owner, group, 1, { reason: 'Replaced.' })
    await expect(save([`${group}:num_logins`])).rejects.toMatchObject({ code: 'conflict' })
    await expect(save([`${group}@1:num_logins`])).rejects.toMatchObject({ code: 'conflict' })
    expect((await registry.resolveFeatures(viewer, { featureService: before.name })).selections).toHaveLength(
      1,
    )
  })

  it('stands in the impact of what it selects, and keeps it from being deleted', async () => {
    const group = await register()
    const service = await save([`${group}:num_logins`])
    const impact = await registry.impactOf(viewer, group, { change: 'deprecate' })
    expect(impact.services).toMatchObject([{ name: service.name, version: 1, features: ['num_logins'] }])
    await expect(registry.deleteFeatureGroup(owner, group, '*')).rejects.toMatchObject({
      details: { extensions: { users: ['version 1: active', `feature service ${service.name}`] } },
    })
  })

  it('follows its features in class, and hides what its reader may not know', async () => {
    const group = await register()
    const open = await register()
    const service = await save([`${group}:num_logins`, `${open}:avg_session_duration`])
    await registry.updateFeatureGroup(owner, group, { classification: 'restricted' }, '*')
    await expect(registry.getFeatureService(viewer, service.name)).rejects.toMatchObject({
      code: 'not_found',
    })
    const query = listFeatureServicesQuery.parse({ group: open })
    expect((await registry.listFeatureServices(viewer, query)).meta.total).toBe(0)
    expect(await registry.getFeatureService(owner, service.name)).toMatchObject({
      classification: 'restricted',
    })
    expect((await registry.listFeatureServices(owner, query)).data.map((one) => one.name)).toEqual([
      service.name,
    ])
  })

  it('is refused to a viewer, and its name is used once', async () => {
    const group = await register()
    const body = { name: mintName('service'), features: [`${group}:num_logins`] }
    await expect(registry.registerFeatureService(viewer, body)).rejects.toMatchObject({ code: 'forbidden' })
    await registry.registerFeatureService(owner, body)
    await expect(registry.registerFeatureService(owner, body)).rejects.toMatchObject({ code: 'conflict' })
    const { etag } = await registry.getFeatureService(owner, body.name)
    const change = { purpose: 'churn, weekly' }
    await expect(registry.updateFeatureService(owner, body.name, change, '"7"')).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    expect(await registry.updateFeatureService(owner, body.name, change, etag)).toMatchObject(change)
  })
})

describe('entities and sources', () => {
  const everything = listQuery.parse({ limit: 200 })

  it('are registered, read, changed and, when nothing uses them, deleted', async () => {
    const name = mintName('airport')
    const entity = await registry.registerEntity(owner, {
      name,
      keys: [{ name: 'airport_code', type: 'string' }],
    })
    expect(entity).toMatchObject({ name, keys: [{ name: 'airport_code', type: 'string' }], groups: [] })
    expect((await registry.listEntities(viewer, everything)).data.map((one) => one.name)).toContain(name)
    const changed = await registry.updateEntity(
      owner,
      name,
      { description: 'Where planes land.' },
      entity.etag,
    )
    expect(changed.description).toBe('Where planes land.')
    await registry.deleteEntity(owner, name, changed.etag)
    await expect(registry.getEntity(viewer, name)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('stay while a group uses them, and say which', async () => {
    const source = mintName('events')
    await registry.registerSource(owner, {
      name: source,
      kind: 'file',
      config: { path: 'x/*.csv' },
      freshness: 'PT1H',
    })
    const body = groupBody({ source })
    await registry.registerFeatureGroup(owner, body)
    expect(await registry.getSource(viewer, source)).toMatchObject({ groups: [body.name], freshness: 'PT1H' })
    const users = { code: 'conflict', details: { extensions: { users: [`feature group ${body.name}`] } } }
    await expect(registry.deleteSource(owner, source, '*')).rejects.toMatchObject(users)
    await expect(registry.deleteEntity(owner, body.entity.name, '*')).rejects.toMatchObject(users)
    expect((await registry.getFeatureGroup(viewer, body.name)).source).toEqual({ kind: 'file', name: source })
  })

  it.each<[string, object, string]>([
    ['keys of a type that is no key', { keys: [{ name: 'k', type: 'json' }] }, '/keys/0/type'],
    [
      'a key twice',
      {
        keys: [
          { name: 'k', type: 'int64' },
          { name: 'k', type: 'int64' },
        ],
      },
      '/keys/1',
    ],
    ['no key', { keys: [] }, '/keys'],
  ])('refuse %s', async (_, change, pointer) => {
    const work = registry.registerEntity(owner, { name: mintName('e'), ...change })
    await expect(work).rejects.toMatchObject({ code: 'invalid', details: { errors: [{ pointer }] } })
  })

  it('hold no secret', async () => {
    const body = { name: mintName('s'), kind: 'table', config: { dsn: { password: 'x' } } }
    await expect(registry.registerSource(owner, body)).rejects.toMatchObject({
      details: { errors: [{ pointer: '/config' }] },
    })
  })
})
