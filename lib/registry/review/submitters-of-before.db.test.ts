import { readFileSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { reviews } from '@/db/schema'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, approveVersion, registerFeatureGroup, submitVersion } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const file = 'db/migrations/0027_submitters_of_before.sql'

it('who submitted what was in review before reviews were kept does not approve it', async () => {
  const team = mintName('team')
  const ada = testContext(await testActor({ roles: ['producer'], team, name: 'Ada' }))
  const ben = testContext(await testActor({ roles: ['producer', 'reviewer'], team, name: 'Ben' }))
  const cleo = testContext(await testActor({ roles: ['reviewer'], name: 'Cleo' }))
  const body = groupBody({ owner_team: team })
  const { id, name } = await registerFeatureGroup(ada, body)
  await addVersion(ada, name, { features: body.features.slice(0, 1) })
  await submitVersion(ben, name, 2, {})
  await db().delete(reviews).where(eq(reviews.groupId, id))
  for (const statement of readFileSync(file, 'utf8').split('--> statement-breakpoint'))
    await db().execute(sql.raw(statement))
  expect(await db().select().from(reviews).where(eq(reviews.groupId, id))).toMatchObject([
    { major: 2, state: 'open', submittedBy: ben.actor.id },
  ])
  await expect(approveVersion(ben, name, 2, {})).rejects.toMatchObject({ code: 'forbidden' })
  expect(await approveVersion(cleo, name, 2, {})).toMatchObject({ state: 'active' })
})
