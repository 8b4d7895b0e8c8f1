import { asc, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db, withTransaction } from '@/db/client'
import { featureGroups, versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import * as registry from './index'
import { contextOf, groupBody, mintTeam, type TestTeam } from './testing'

let team: TestTeam
let producer: Context
let reviewer: Context
beforeAll(async () => {
  team = await mintTeam()
  producer = contextOf(['producer'], team)
  reviewer = contextOf(['reviewer'])
})

const register = async (overrides: Record<string, unknown> = {}) => {
  const body = groupBody(overrides)
  await registry.registerFeatureGroup(producer, body)
  return body
}
const pages = { name: 'pages', type: 'int64', description: 'Pages seen on the day.' }

const recorded = async (name: string) => {
  const rows = await db()
    .select({ revision: versionRevisions })
    .from(versionRevisions)
    .innerJoin(featureGroups, eq(featureGroups.id, versionRevisions.groupId))
    .where(eq(featureGroups.name, name))
    .orderBy(asc(versionRevisions.major), asc(versionRevisions.revision))
  return rows.map(({ revision }) => revision)
}
const addressesOf = async (name: string) =>
  (await recorded(name)).map(({ major, revision }) => `${major}.${revision}`)

describe('the record of revisions', () => {
  it('keeps what was registered, revised and said, each as it then stood', async () => {
    const { name, features } = await register()
    await registry.addVersion(producer, name, { features: [...features, pages], reason: 'Asked for by ads.' })
    await registry.updateFeatureGroup(
      producer,
      name,
      { description: 'By day.', tags: ['churn'], reason: 'It was vague.' },
      '*',
    )
    const rows = await recorded(name)
    expect(rows.map(({ major, revision, previous }) => [major, revision, previous])).toEqual([
      [1, 1, null],
      [1, 2, '1.1'],
      [1, 3, '1.2'],
    ])
    expect(rows[0]).toMatchObject({ changes: [], authorId: producer.actor.id, approvedBy: null })
    expect(rows[0]?.definition).toMatchObject({ features: [{ name: 'num_logins' }, {}] })
    expect(rows[1]).toMatchObject({
      reason: 'Asked for by ads.',
      changes: [{ field: 'features.pages', old: null, new: 'int64', class: 'info' }],
    })
    expect(rows[2]).toMatchObject({ reason: 'It was vague.', stated: { description: 'By day.' } })
    expect(rows[2]?.changes.map(({ field }) => field)).toEqual(['description', 'tags'])
    expect((await registry.resolveVersion(producer, { group: name })).revision).toBe(3)
  })

  it('adds none for what changes nothing that is said', async () => {
    const { name } = await register()
    await registry.updateFeatureGroup(producer, name, { tags: [] }, '*')
    expect(await addressesOf(name)).toEqual(['1.1'])
  })

  it('keeps a draft out until it is approved, then with author, submitter and approver', async () => {
    const { name, features } = await register()
    await registry.addVersion(producer, name, { features: features.slice(0, 1), reason: 'Nobody used it.' })
    expect(await addressesOf(name)).toEqual(['1.1'])
    const colleague = contextOf(['producer'], team)
    await registry.submitVersion(colleague, name, 2, {})
    await registry.approveVersion(reviewer, name, 2, { reason: 'Agreed.' })
    expect((await recorded(name)).at(-1)).toMatchObject({
      major: 2,
      revision: 1,
      previous: '1.1',
      authorId: producer.actor.id,
      submittedBy: colleague.actor.id,
      approvedBy: reviewer.actor.id,
      reason: 'Nobody used it.',
      approvalReason: 'Agreed.',
      changes: [{ field: 'features.avg_session_duration', class: 'breaking' }],
    })
  })

  it('records an approved compatible change as the revision that it becomes', async () => {
    const { name, features } = await register({ classification: 'confidential' })
    expect(await addressesOf(name)).toEqual([])
    await registry.submitVersion(producer, name, 1, {})
    await registry.approveVersion(reviewer, name, 1, {})
    await registry.addVersion(producer, name, { features: [...features, pages], reason: 'More.' })
    await registry.submitVersion(producer, name, 2, {})
    await registry.approveVersion(reviewer, name, 2, {})
    expect(await addressesOf(name)).toEqual(['1.1', '1.2'])
    expect((await recorded(name)).at(-1)).toMatchObject({
      reason: 'More.',
      authorId: producer.actor.id,
      approvedBy: reviewer.actor.id,
    })
  })

  it('does not hold up a review for what is said of the group, only for its definition', async () => {
    const { name, features } = await register()
    await registry.addVersion(producer, name, { features: features.slice(0, 1) })
    await registry.submitVersion(producer, name, 2, {})
    await registry.updateFeatureGroup(producer, name, { description: 'By day.' }, '*')
    expect(await registry.approveVersion(reviewer, name, 2, {})).toMatchObject({ state: 'active' })
    expect((await recorded(name)).at(-1)).toMatchObject({ previous: '1.2' })
  })

  it('says whose the group was, and whose it became', async () => {
    const { name } = await register()
    const heir = await mintTeam()
    const hands = { fromTeamId: team.id, toTeamId: heir.id }
    await withTransaction((tx) => registry.changeOwner(tx, producer, { kind: 'group', name }, hands))
    expect((await recorded(name)).at(-1)).toMatchObject({
      changes: [{ field: 'owner_team', old: team.name, new: heir.name, class: 'info' }],
    })
  })

  it.each(['update version_revisions set reason = null', 'delete from version_revisions'])(
    'lets the running role only add: %s',
    async (statement) => {
      await register()
      await expect(db().execute(sql.raw(statement))).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/permission denied|append-only/) },
      })
    },
  )
})
