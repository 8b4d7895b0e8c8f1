import { and, asc, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { notifications } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  addVersion,
  approveVersion,
  archiveVersion,
  deprecateVersion,
  registerFeatureGroup,
  registerFeatureService,
  submitVersion,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { proposeContract, signContract } from '.'

const person = async (team: string, ...roles: ('producer' | 'consumer' | 'reviewer')[]) =>
  testContext(await testActor({ roles, team }))

/** What somebody was told of the contract of a group, in the order in which it came. */
const toldOf = async (ctx: Context, group: string) =>
  (
    await db()
      .select({ title: notifications.title })
      .from(notifications)
      .where(
        and(
          eq(notifications.personId, ctx.actor.id),
          eq(notifications.assetName, group),
          eq(notifications.kind, 'contract'),
        ),
      )
      .orderBy(asc(notifications.id))
  ).map(({ title }) => title)

async function signed() {
  const owner = await person(mintName('owners'), 'producer')
  const [ofTeam, ofService, bystander] = [mintName('readers'), mintName('modellers'), mintName('others')]
  const reader = await person(ofTeam, 'consumer', 'producer')
  const modeller = await person(ofService, 'consumer', 'producer')
  const body = groupBody({ owner_team: owner.actor.teams[0]?.team })
  const { name } = await registerFeatureGroup(owner, body)
  const service = mintName('churn')
  await registerFeatureService(modeller, {
    name: service,
    features: [`${name}:num_logins`],
    owner_team: ofService,
  })
  await proposeContract(owner, name, { terms: { freshness: { max_age: 'P1D' } } })
  await signContract(reader, name, { team: ofTeam })
  await signContract(modeller, name, { service })
  return { owner, reader, modeller, bystander: await person(bystander, 'consumer'), body, name }
}

it('tells who signed, themselves or for a service, of what follows and of the deprecation', async () => {
  const { owner, reader, modeller, bystander, body, name } = await signed()
  await addVersion(owner, name, { features: body.features.slice(0, 1) })
  expect(await toldOf(reader, name)).toEqual([])
  await submitVersion(owner, name, 2, {})
  await approveVersion(await person(mintName('team'), 'reviewer'), name, 2, {})
  await deprecateVersion(owner, name, 1, {
    reason: 'Version 2 is better.',
    sunset_at: '2099-03-01T00:00:00Z',
  })
  const told = [
    `${name}@1, whose contract you signed, is followed by version 2`,
    `${name}@1, whose contract you signed, is deprecated; reads end on 1 March 2099`,
  ]
  expect(await toldOf(reader, name)).toEqual(told)
  expect(await toldOf(modeller, name)).toEqual(told)
  expect(await toldOf(bystander, name)).toEqual([])
})

it('tells a team that signed of the end', async () => {
  const owner = await person(mintName('owners'), 'producer')
  const team = mintName('readers')
  const reader = await person(team, 'consumer', 'producer')
  const { name } = await registerFeatureGroup(owner, groupBody({ owner_team: owner.actor.teams[0]?.team }))
  await proposeContract(owner, name, { terms: { freshness: { max_age: 'P1D' } } })
  await signContract(reader, name, { team })
  await archiveVersion(owner, name, 1, { reason: 'Nobody reads it.' })
  expect(await toldOf(reader, name)).toEqual([`${name}@1, whose contract you signed, is archived`])
})
