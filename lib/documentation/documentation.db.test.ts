import { beforeAll, describe, expect, it } from 'vitest'
import { listAudit } from '@/lib/audit'
import { getActivity } from '@/lib/catalog'
import type { Context } from '@/lib/core/context'
import { deleteFeatureGroup, registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
import { changeDocumentation, getDocumentation, listDocumentation } from '.'

let owner: Context
let reader: Context
let team: string

beforeAll(async () => {
  const made = await mintTeam()
  team = made.name
  owner = contextOf(['producer'], made)
  reader = contextOf(['consumer'])
})

const register = (more: Record<string, unknown> = {}) =>
  registerFeatureGroup(owner, groupBody({ owner_team: team, ...more }))

describe('documentation of an asset', () => {
  it('is empty until somebody who may change the asset writes it, and keeps what it was', async () => {
    const { name } = await register()
    const asset = { kind: 'group' as const, name }
    expect(await getDocumentation(reader, asset)).toMatchObject({
      text: '',
      revision: 0,
      etag: '"0"',
      change: { allowed: false },
    })
    await changeDocumentation(owner, asset, { text: '# One' }, '"0"')
    const second = await changeDocumentation(owner, asset, { text: '# Two', reason: 'Typo.' }, '"1"')
    expect(second).toMatchObject({ text: '# Two', revision: 2, changed_by: owner.actor.name })
    const { data, meta } = await listDocumentation(reader, asset, { limit: 1 })
    expect(data).toMatchObject([{ revision: 2, text: '# Two', reason: 'Typo.' }])
    expect(meta).toEqual({ next_cursor: '2', total: 2 })
    const rest = await listDocumentation(reader, asset, { limit: 1, cursor: 2 })
    expect(rest.data).toMatchObject([{ revision: 1, text: '# One' }])
    expect(rest.meta.next_cursor).toBeNull()
  })

  it('is written of a feature beside that of its group', async () => {
    const { name, features } = await register()
    const feature = { kind: 'feature' as const, name: `${name}:${features[0]?.name}` }
    await changeDocumentation(owner, feature, { text: 'Of the feature.' }, '*')
    expect((await getDocumentation(reader, feature)).text).toBe('Of the feature.')
    expect((await getDocumentation(reader, { kind: 'group', name })).text).toBe('')
  })

  it('makes no revision of the same text', async () => {
    const { name } = await register()
    const asset = { kind: 'group' as const, name }
    await changeDocumentation(owner, asset, { text: 'Same.' }, '"0"')
    expect((await changeDocumentation(owner, asset, { text: 'Same.' }, '"1"')).revision).toBe(1)
  })

  it('refuses who may not change the asset, and a text over somebody else’s', async () => {
    const { name } = await register()
    const asset = { kind: 'group' as const, name }
    await expect(changeDocumentation(reader, asset, { text: 'x' }, '"0"')).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(changeDocumentation(owner, asset, { text: 'x' }, null)).rejects.toMatchObject({
      code: 'precondition_required',
    })
    const both = await Promise.allSettled([
      changeDocumentation(owner, asset, { text: 'mine' }, '"0"'),
      changeDocumentation(owner, asset, { text: 'yours' }, '"0"'),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'precondition_failed' },
    })
    await expect(changeDocumentation(owner, asset, { text: 'a\u0000' }, '*')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('is changed by nobody whose rights end before the asset does', async () => {
    const { name, features } = await register()
    const dev = { ...owner, environment: 'dev' }
    const roles = owner.actor.roles.map((one) => ({ ...one, environment: 'dev' }))
    const ofDev = { ...dev, actor: { ...owner.actor, roles } }
    for (const asset of [
      { kind: 'group' as const, name },
      { kind: 'feature' as const, name: `${name}:${features[0]?.name}` },
    ]) {
      expect((await getDocumentation(ofDev, asset)).change.allowed).toBe(false)
      await expect(changeDocumentation(ofDev, asset, { text: 'x' }, '*')).rejects.toMatchObject({
        code: 'forbidden',
      })
      await changeDocumentation(dev, asset, { text: 'x' }, '*')
    }
    const { name: both } = await register({ environments: ['dev', 'prod'] })
    expect((await getDocumentation(ofDev, { kind: 'group', name: both })).change.allowed).toBe(false)
    const { name: there } = await register({ environments: ['dev'] })
    expect((await getDocumentation(ofDev, { kind: 'group', name: there })).change.allowed).toBe(true)
    await changeDocumentation(ofDev, { kind: 'group', name: there }, { text: 'x' }, '*')
    const service = mintName('service')
    const selected = [`${name}:${features[0]?.name}`]
    await registerFeatureService(owner, { name: service, features: selected, owner_team: team })
    const asset = { kind: 'service' as const, name: service }
    await expect(changeDocumentation(ofDev, asset, { text: 'x' }, '*')).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('of a hidden feature is in no activity of its group', async () => {
    const { name, features } = await register()
    const feature = features[0]?.name ?? ''
    const said = { text: 'x', reason: 'Named zqhidden.' }
    await changeDocumentation(owner, { kind: 'feature', name: `${name}:${feature}` }, said, '*')
    await changeDocumentation(owner, { kind: 'group', name }, { text: 'x', reason: 'Of all.' }, '*')
    const told = async (ctx: Context) => {
      const { data, meta } = await getActivity(ctx, name, { limit: 50 })
      return { reasons: data.map(({ reason }) => reason), more: meta.total - data.length }
    }
    expect((await told(reader)).reasons).toEqual(expect.arrayContaining(['Named zqhidden.', 'Of all.']))
    await classifyFeature(name, feature, 'restricted')
    const { reasons, more } = await told(reader)
    expect(more).toBe(0)
    expect(reasons).toContain('Of all.')
    expect(reasons).not.toContain('Named zqhidden.')
    expect((await told(owner)).reasons).toContain('Named zqhidden.')
  })

  it('hides with its asset, as if it were not there', async () => {
    const { name } = await register({ classification: 'restricted', purposes: ['test'] })
    const asset = { kind: 'group' as const, name }
    await changeDocumentation(owner, asset, { text: 'Secret.' }, '*')
    const stranger = contextOf(['viewer'])
    for (const act of [
      () => getDocumentation(stranger, asset),
      () => listDocumentation(stranger, asset, { limit: 20 }),
      () => changeDocumentation(stranger, asset, { text: 'x' }, '*'),
    ])
      await expect(act()).rejects.toMatchObject({
        code: 'not_found',
        message: `Feature group ${name} was not found.`,
      })
  })

  it('goes with its asset: who takes the name next finds nothing', async () => {
    const body = groupBody({ owner_team: team, classification: 'confidential', name: mintName('gone') })
    const { name, features } = await registerFeatureGroup(owner, body)
    const feature = { kind: 'feature' as const, name: `${name}:${features[0]?.name}` }
    await changeDocumentation(owner, { kind: 'group', name }, { text: 'Old.' }, '*')
    await changeDocumentation(owner, feature, { text: 'Old.' }, '*')
    await deleteFeatureGroup(owner, name, '*')
    await registerFeatureGroup(owner, body)
    expect((await getDocumentation(owner, { kind: 'group', name })).revision).toBe(0)
    expect((await getDocumentation(owner, feature)).revision).toBe(0)
  })

  it('names itself in the log', async () => {
    const { name } = await register()
    await changeDocumentation(owner, { kind: 'group', name }, { text: 'Told.' }, '*')
    const log = await listAudit(contextOf(['administrator']), { limit: 50, resource: name })
    expect(log.data.some(({ reason }) => reason === 'Documentation changed')).toBe(true)
  })
})
