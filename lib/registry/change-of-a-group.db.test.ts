import { and, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, db } from '@/db/client'
import { auditLog, notifications } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, getFeatureGroup, previewVersion, registerFeatureGroup, updateFeatureGroup } from '.'
import type { GroupResource } from './operations'
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

it('a draft that somebody else writes over is kept, and its author is told', async () => {
  const author = testContext(await testActor({ roles: ['producer'], team: team.name, name: 'Ben' }))
  const other = testContext(await testActor({ roles: ['producer'], team: team.name, name: 'Cyd' }))
  const group = await register()
  const less = bodiesOf(group).slice(0, 1)
  await addVersion(author, group.name, { features: less })
  await addVersion(author, group.name, { features: less.map((one) => ({ ...one, type: 'float64' })) })
  const told = () =>
    db()
      .select({ title: notifications.title })
      .from(notifications)
      .where(and(eq(notifications.personId, author.actor.id), like(notifications.title, '%over yours%')))
  expect(await told()).toEqual([])
  await addVersion(other, group.name, { features: bodiesOf(group).slice(1) })
  expect(await told()).toEqual([{ title: `Cyd wrote another draft over yours of \`${group.name}@2\`` }])
  const rows = await db()
    .select({ before: auditLog.before })
    .from(auditLog)
    .where(and(eq(auditLog.resourceName, `${group.name}@2`), eq(auditLog.actorId, other.actor.id)))
  expect(rows.map(({ before }) => before)).toContainEqual(
    expect.objectContaining({
      written_by: author.actor.id,
      definition: expect.objectContaining({
        features: [expect.objectContaining({ name: less[0]?.name, type: 'float64' })],
      }),
    }),
  )
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
    const preview = await previewVersion(ctx, group.name, { features })
    expect((await getFeatureGroup(ctx, group.name)).revision).toBe(group.revision)
    const added = await addVersion(ctx, group.name, { features })
    expect(preview.changes).toEqual(added.changes)
    expect(preview.change).toBe(added.change)
    expect(preview.version).toBe(added.version)
    expect(preview.becomes).toBe(added.state === 'draft' ? 'draft' : 'revision')
    expect(preview.review).toBe(added.state === 'draft')
  })

  it('is nothing where nothing differs, and says what is no feature', async () => {
    const group = await register()
    const same = await previewVersion(ctx, group.name, { features: bodiesOf(group) })
    expect(same).toMatchObject({ change: 'none', becomes: 'nothing', review: false })
    const wrong = previewVersion(ctx, group.name, { features: [{ name: 'Not', type: 'int64' }] })
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/features/0/name' }] },
    })
  })

  it('is told to who may change the group', async () => {
    const group = await register()
    const stranger = contextOf(['producer'], await mintTeam())
    const asked = previewVersion(stranger, group.name, { features: bodiesOf(group) })
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
  })
})
