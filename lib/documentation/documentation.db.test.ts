import { beforeAll, describe, expect, it } from 'vitest'
import { listAudit } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { deleteFeatureGroup, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
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
