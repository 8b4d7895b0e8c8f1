import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { notifications } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { systemContext } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, approveVersion, registerFeatureGroup, submitVersion } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { remindOfDeadlines } from './deadlines'

const hours = (count: number) => new Date(Date.now() + count * 3_600_000)

/** What somebody was told of a group, in the order in which it came. */
const toldOf = async (ctx: Context, group: string) =>
  (await db().select().from(notifications).where(eq(notifications.personId, ctx.actor.id)))
    .filter(({ assetName, kind }) => assetName === group && kind === 'review_due')
    .map(({ title }) => title)

it('reminds reviewers before the deadline, and tells who stands above them after it, once each', async () => {
  const team = mintName('team')
  const author = testContext(await testActor({ role: 'producer', team }))
  const head = testContext(await testActor({ role: 'viewer', team, membership: 'maintainer' }))
  // Names order the reviewers that are asked: this one is among the first.
  const reviewer = testContext(await testActor({ role: 'reviewer', name: `! ${mintName('first')}` }))
  const body = groupBody({ owner_team: team })
  const { name } = await registerFeatureGroup(author, body)
  await addVersion(author, name, { features: body.features.slice(0, 1) })
  await submitVersion(author, name, 2, {})
  const at = (date: Date) => remindOfDeadlines(systemContext({ now: () => date }))
  await at(hours(1))
  expect(await toldOf(reviewer, name)).toEqual([])
  await at(hours(60))
  await at(hours(61))
  expect(await toldOf(reviewer, name)).toEqual([`The review of ${name}@2 is due`])
  expect(await toldOf(head, name)).toEqual([])
  await at(hours(80))
  await at(hours(81))
  expect(await toldOf(reviewer, name)).toHaveLength(2)
  expect(await toldOf(head, name)).toEqual([`The review of ${name}@2 is late`])
  await approveVersion(reviewer, name, 2, {})
  await at(hours(200))
  expect(await toldOf(reviewer, name)).toHaveLength(2)
})
