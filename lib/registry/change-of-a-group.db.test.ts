import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { addVersion, getFeatureGroup, registerFeatureGroup, updateFeatureGroup } from '.'
import { type GroupResource, previewChange } from './operations'
import { contextOf, groupBody, mintTeam, type TestTeam } from './testing'

let team: TestTeam
let ctx: Context
beforeAll(async () => {
  team = await mintTeam()
  ctx = contextOf(['producer'], team)
})
afterAll(closeDatabase)

const register = () => registerFeatureGroup(ctx, groupBody({ owner_team: team.name }))
const bodiesOf = ({ features }: GroupResource) =>
  features.map(({ name, type, description, contract }) => ({ name, type, description, contract }))

describe('a change that was made on what is no longer there', () => {
  it('is refused and told, and taken when it is made on what is', async () => {
    const group = await register()
    const visits = { name: 'visits', type: 'int64', description: 'A week.' }
    await addVersion(ctx, group.name, { features: [...bodiesOf(group), visits], based_on: group.etag })
    const clicks = { name: 'clicks', type: 'int64', description: 'A week.' }
    // Without `visits`: it would take away what somebody else has just added.
    const late = { features: [...bodiesOf(group), clicks], based_on: group.etag }
    await expect(addVersion(ctx, group.name, late)).rejects.toMatchObject({ code: 'precondition_failed' })
    const now = await getFeatureGroup(ctx, group.name)
    const met = { features: [...bodiesOf(now), clicks], based_on: now.etag }
    expect(await addVersion(ctx, group.name, met)).toMatchObject({ change: 'compatible', revision: 3 })
  })

  it('is told of texts that changed as well', async () => {
    const group = await register()
    await updateFeatureGroup(ctx, group.name, { description: 'Said anew.' }, group.etag)
    const late = { features: bodiesOf(group).slice(0, 1), based_on: group.etag }
    await expect(addVersion(ctx, group.name, late)).rejects.toMatchObject({ code: 'precondition_failed' })
  })
})

describe('what a form says that a change becomes', () => {
  it.each([
    [
      'a feature more',
      (all: object[]) => [...all, { name: 'visits', type: 'int64', description: 'A week.' }],
    ],
    ['a feature less', (all: object[]) => all.slice(0, 1)],
    ['another type', ([first, second]: object[]) => [{ ...first, type: 'float64' }, second ?? {}]],
    ['another meaning', ([first, second]: object[]) => [{ ...first, description: 'Other.' }, second ?? {}]],
    [
      'a use less',
      ([first, second]: object[]) => [{ ...first, permitted_use: ['aggregate_only'] }, second ?? {}],
    ],
    [
      'a stricter class',
      ([first, second]: object[]) => [{ ...first, classification: 'confidential' }, second ?? {}],
    ],
  ])('%s: is what it becomes', async (_, change) => {
    const group = await register()
    const features = change(bodiesOf(group))
    const preview = previewChange(group, { features, ttl: group.ttl })
    const added = await addVersion(ctx, group.name, { features })
    expect(preview?.changes).toEqual(added.changes)
    expect(preview?.compatible).toBe(added.change === 'compatible')
    expect(preview?.review).toBe(added.state !== 'active')
  })

  it('waits until each line is a feature', async () => {
    const group = await register()
    expect(previewChange(group, { features: [{ name: 'Not', type: 'int64' }], ttl: null })).toBeNull()
  })
})
