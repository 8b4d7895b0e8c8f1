import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import * as registry from './index'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from './testing'

let team: TestTeam
let producer: Context
let reviewer: Context
beforeAll(async () => {
  team = await mintTeam()
  producer = contextOf(['producer'], team)
  reviewer = contextOf(['reviewer'])
})

const pages = { name: 'pages', type: 'int64', description: 'Pages seen on the day.' }

/** 1.1 registered; 1.2 by a colleague gains `pages`; 1.3 says something else; 2.1 drops `avg_session_duration`. */
async function lived() {
  const body = groupBody()
  const { name, features } = body
  const colleague = contextOf(['producer'], team)
  await registry.registerFeatureGroup(producer, body)
  await registry.addVersion(colleague, name, { features: [...features, pages], reason: 'Asked for by ads.' })
  await registry.updateFeatureGroup(producer, name, { description: 'By day.', reason: 'Vague.' }, '*')
  await registry.addVersion(producer, name, { features: [features[0], pages], reason: 'Nobody used it.' })
  await registry.submitVersion(producer, name, 2, {})
  await registry.approveVersion(reviewer, name, 2, { reason: 'Agreed.' })
  return { name, features, colleague }
}

describe('history', () => {
  it('lists each version with its revisions, and who did what why', async () => {
    const { name, colleague } = await lived()
    const { data } = await registry.listVersions(producer, name)
    expect(data.map((one) => [one.version, one.revisions.map(({ address }) => address)])).toEqual([
      [2, ['2.1']],
      [1, ['1.3', '1.2', '1.1']],
    ])
    expect(data[0]?.revisions[0]).toMatchObject({
      previous: '1.3',
      compatible: false,
      changes: { breaking: 1, warning: 0, info: 0 },
      author: producer.actor.name,
      approved_by: reviewer.actor.name,
      reason: 'Nobody used it.',
      approval_reason: 'Agreed.',
    })
    expect(data[1]?.revisions[1]).toMatchObject({
      author: colleague.actor.name,
      compatible: true,
      changes: { breaking: 0, info: 1 },
      approved_by: null,
      recorded_later: false,
    })
  })

  it('reads a revision as it was', async () => {
    const { name } = await lived()
    const first = await registry.readVersion(producer, name, 1, 1)
    expect(first).toMatchObject({
      revision: 1,
      record: { address: '1.1', changes: [] },
      stated: { description: 'How often customers use the product.' },
    })
    expect(first.features).toHaveLength(2)
    const second = await registry.readVersion(producer, name, 1, 2)
    expect(second.features).toHaveLength(3)
    expect(second.record?.changes).toMatchObject([{ field: 'features.pages', class: 'info' }])
    expect(await registry.readVersion(producer, name, 1)).not.toHaveProperty('record')
    await expect(registry.readVersion(producer, name, 1, 9)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining(`${name}@1.9`),
    })
  })

  it('compares any two, versions and revisions, either way', async () => {
    const { name } = await lived()
    const diff = async (from: string, to: string) => {
      const { compatible, changes, from_revision, to_revision } = await registry.diffVersions(
        producer,
        name,
        from,
        to,
      )
      return { compatible, fields: changes.map(({ field }) => field), from_revision, to_revision }
    }
    expect(await diff('1.1', '1.3')).toMatchObject({
      compatible: true,
      fields: ['features.pages', 'description'],
      from_revision: 1,
      to_revision: 3,
    })
    expect(await diff('1.3', '1.1')).toMatchObject({
      compatible: false,
      fields: ['features.pages', 'description'],
    })
    expect(await diff('1', '2')).toMatchObject({
      compatible: false,
      fields: ['features.avg_session_duration'],
      from_revision: 3,
    })
    for (const address of ['1.9', '7', '0', 'one', '1.1.1'])
      await expect(diff('1', address), address).rejects.toMatchObject({ code: 'not_found' })
  })

  it('blames each field on the revision that gave it its value', async () => {
    const { name, colleague } = await lived()
    const blame = await registry.blameOf(producer, name, '2')
    const of = (field: string) => blame.fields.find((one) => one.field === field)
    expect(of('features.num_logins.type')).toMatchObject({ value: 'int64', address: '1.1' })
    expect(of('features.num_logins.contract.min')).toMatchObject({ value: 0, address: '1.1' })
    expect(of('features.pages.type')).toMatchObject({
      address: '1.2',
      author: colleague.actor.name,
      reason: 'Asked for by ads.',
    })
    expect(of('description')).toMatchObject({ value: 'By day.', address: '1.3', reason: 'Vague.' })
    expect(of('features.avg_session_duration.type')).toBeUndefined()
    const before = await registry.blameOf(producer, name, '1.1')
    expect(new Set(before.fields.map(({ address }) => address))).toEqual(new Set(['1.1']))
  })

  it('tells nothing of a feature that is too strict for its reader now, not even of its past', async () => {
    const { name } = await lived()
    await classifyFeature(name, 'pages', 'restricted')
    const outsider = contextOf(['consumer'])
    const seen = JSON.stringify([
      await registry.listVersions(outsider, name),
      await registry.readVersion(outsider, name, 1, 2),
      await registry.diffVersions(outsider, name, '1.1', '1.2'),
      await registry.blameOf(outsider, name, '2'),
    ])
    expect(seen).not.toContain('pages')
    const { data } = await registry.listVersions(outsider, name)
    expect(data[1]?.revisions[1]?.changes).toEqual({ breaking: 0, warning: 0, info: 0 })
    expect(JSON.stringify(await registry.readVersion(producer, name, 1, 2))).toContain('pages')
  })
})

describe('restoring as new', () => {
  it('makes a draft of a new version where stored data would differ, and says what it brings back', async () => {
    const { name } = await lived()
    await registry.promoteVersion(reviewer, name, 2, {})
    const made = await registry.restoreAsNew(producer, name, '1.2', { reason: 'Two models need it.' })
    expect(made).toMatchObject({ version: 2, revision: 2, change: 'compatible' })
    expect(made.changes.map(({ field }) => field)).toEqual(['features.avg_session_duration', 'description'])
    expect(await registry.readVersion(producer, name, 2, 2)).toMatchObject({
      record: { restored_from: '1.2', reason: 'Two models need it.' },
      stated: { description: 'How often customers use the product.' },
    })
    const gone = await registry.restoreAsNew(producer, name, '2.1', { reason: 'No, it does not.' })
    expect(gone).toMatchObject({ version: 3, revision: 1, state: 'draft', change: 'breaking' })
    expect((await registry.getFeatureGroup(producer, name)).description).toBe(
      'How often customers use the product.',
    )
  })

  it('brings texts alone back as a revision, and refuses what changes nothing', async () => {
    const body = groupBody()
    await registry.registerFeatureGroup(producer, body)
    await registry.updateFeatureGroup(producer, body.name, { description: 'By day.' }, '*')
    const restore = () => registry.restoreAsNew(producer, body.name, '1.1', { reason: 'It was right.' })
    expect(await restore()).toMatchObject({ version: 1, revision: 3, changes: [{ field: 'description' }] })
    await expect(restore()).rejects.toMatchObject({ code: 'invalid' })
  })

  it('asks for the right to change the group, and for a reason', async () => {
    const { name } = await lived()
    const other = contextOf(['producer'], await mintTeam())
    await expect(registry.restoreAsNew(other, name, '1.1', { reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(registry.restoreAsNew(producer, name, '1.1', {})).rejects.toMatchObject({
      details: { errors: [{ pointer: '/reason' }] },
    })
  })
})
