import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import { changeDocumentation } from '@/lib/documentation'
import { testActor, testContext } from '@/lib/identity/testing'
import { registerFeatureGroup, updateFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName } from '@/lib/registry/testing'
import { getCompleteness, incompleteCsv, listIncomplete } from '.'
import { listIncompleteQuery } from './operations'

const team = mintName('team')
let owner: Context
const stranger = contextOf(['viewer'])

beforeAll(async () => {
  owner = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
})

const itemsOf = async (ctx: Context, name: string) =>
  (await getCompleteness(ctx, { kind: 'group', name })).missing.map(({ item }) => item)
const list = (ctx: Context, query: Record<string, unknown>) =>
  listIncomplete(ctx, listIncompleteQuery.parse({ limit: 200, ...query }))

const body = (more: Record<string, unknown> = {}) =>
  groupBody({
    owner_team: team,
    description: '',
    features: [
      { name: 'open_one', type: 'int64', description: '' },
      { name: 'hidden_one', type: 'int64', description: '', classification: 'restricted' },
    ],
    ...more,
  })

describe('what an asset lacks', () => {
  it('is named, with the page that fills it, until it is there', async () => {
    const { name } = await registerFeatureGroup(owner, groupBody({ owner_team: team, description: '' }))
    const before = await getCompleteness(owner, { kind: 'group', name })
    expect(before.missing.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['description', 'documentation', 'contract', 'cadence']),
    )
    expect(before.missing.map(({ item }) => item)).not.toContain('owner')
    expect(before.missing.find(({ item }) => item === 'contract')).toMatchObject({
      mandatory: false,
      href: `/groups/${name}/contract`,
    })
    await updateFeatureGroup(owner, name, { description: 'Said.', cadence: 'P1D' }, '*')
    await changeDocumentation(owner, { kind: 'group', name }, { text: 'Long.' }, '*')
    const after = await itemsOf(owner, name)
    for (const gone of ['description', 'documentation', 'cadence']) expect(after).not.toContain(gone)
    await changeDocumentation(owner, { kind: 'group', name }, { text: ' \n' }, '*')
    expect(await itemsOf(owner, name)).toContain('documentation')
  })

  it('is listed of the own teams, those that lack most first, and as CSV', async () => {
    const less = await registerFeatureGroup(owner, groupBody({ owner_team: team, description: 'Said.' }))
    const more = await registerFeatureGroup(owner, groupBody({ owner_team: team, description: '' }))
    const { data, meta } = await list(owner, { mine: 'true' })
    const names = data.map(({ name }) => name)
    expect(names.indexOf(more.name)).toBeLessThan(names.indexOf(less.name))
    expect(names.indexOf(less.name)).toBeGreaterThan(0)
    expect(meta.total).toBe(data.length)
    expect(data.every(({ owner_team }) => owner_team === team)).toBe(true)
    expect((await list(stranger, { mine: 'true' })).data).toEqual([])
    let lines = ''
    const query = listIncompleteQuery.parse({ mine: 'true', item: 'description', limit: 1 })
    for await (const line of await incompleteCsv(owner, query)) lines += line
    expect(lines).toContain(`group,${more.name},${team},active,`)
    expect(lines).not.toContain(less.name)
  })

  it('tells nothing of what its reader may not know', async () => {
    const { name } = await registerFeatureGroup(owner, body({ description: 'Said.' }))
    const other = { description: 'Said.', type: 'int64' }
    const { name: told } = await registerFeatureGroup(
      owner,
      body({
        features: [
          { name: 'open_one', ...other },
          { name: 'hidden_one', ...other, description: '', classification: 'restricted' },
        ],
      }),
    )
    expect(await itemsOf(stranger, name)).toContain('feature_descriptions')
    expect(await itemsOf(owner, told)).toContain('feature_descriptions')
    expect(await itemsOf(stranger, told)).not.toContain('feature_descriptions')
    const features = await list(stranger, { kind: 'feature', q: told })
    expect(features.data.map((one) => one.name)).toEqual([`${told}:open_one`])
    const { name: secret } = await registerFeatureGroup(owner, body({ classification: 'restricted' }))
    await expect(getCompleteness(stranger, { kind: 'group', name: secret })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await list(stranger, { q: secret })).meta.total).toBe(0)
  })

  it('agrees with what the organisation asks of a class', async () => {
    const { name } = await registerFeatureGroup(
      owner,
      body({ classification: 'confidential', purposes: [], lawful_basis: null }),
    )
    const { missing } = await getCompleteness(owner, { kind: 'group', name })
    expect(missing.filter(({ mandatory }) => mandatory).map(({ item }) => item)).toEqual([
      'purposes',
      'lawful_basis',
    ])
  })

  it('is asked of every kind', async () => {
    for (const kind of ['feature', 'service', 'entity', 'source', 'dataset'])
      expect(await list(owner, { kind })).toHaveProperty('meta.total')
  })
})
