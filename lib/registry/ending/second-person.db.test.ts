import { beforeAll, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import { testActor, testContext, testRobot } from '@/lib/identity/testing'
import {
  approveVersion,
  archiveVersion,
  changeDeprecation,
  deprecateVersion,
  extendGrace,
  registerFeatureGroup,
  restoreVersion,
  submitVersion,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
const forbidden = { code: 'forbidden' }
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString()
const inTwoYears = new Date(Date.now() + 730 * 86_400_000).toISOString()
const ended = { reason: 'Replaced.', sunset_at: inAYear }

const person = async (name: string) =>
  testContext(await testActor({ roles: ['administrator', 'producer', 'reviewer'], team, name }))

let ada: Context
let robot: Context
let cyd: Context
let rex: Context

beforeAll(async () => {
  ada = await person('Ada')
  robot = await testRobot(ada.actor.id, { roles: ['administrator', 'producer', 'reviewer'], team })
  cyd = await person('Cyd')
  rex = await person('Rex')
})

/** Confidential, written by Ada, submitted by Cyd, approved by Rex. */
async function standing() {
  const body = groupBody({ owner_team: team, classification: 'confidential' })
  const { name } = await registerFeatureGroup(ada, body)
  await submitVersion(cyd, name, 1, {})
  await approveVersion(rex, name, 1, {})
  return name
}

it('what is confidential is ended by nobody with a hand in it, nor by a key that they made', async () => {
  const name = await standing()
  for (const ctx of [ada, robot, cyd]) {
    await expect(deprecateVersion(ctx, name, 1, ended)).rejects.toMatchObject(forbidden)
    await expect(archiveVersion(ctx, name, 1, { reason: 'Gone.' })).rejects.toMatchObject(forbidden)
  }
  expect(await deprecateVersion(rex, name, 1, ended)).toMatchObject({ state: 'deprecated' })
})

it('its end is looked after by nobody with a hand in it', async () => {
  const name = await standing()
  await deprecateVersion(rex, name, 1, ended)
  const all = { consumer: { kind: 'all' }, until: inTwoYears, reason: 'Still used.' }
  for (const ctx of [ada, robot, cyd])
    for (const act of [
      () => changeDeprecation(ctx, { group: name, version: 1 }, { reason: 'Anew.' }, '*'),
      () => extendGrace(ctx, name, 1, all),
      () => restoreVersion(ctx, name, 1, { reason: 'Back.' }),
    ])
      await expect(act()).rejects.toMatchObject(forbidden)
  await extendGrace(rex, name, 1, all)
  expect(await restoreVersion(rex, name, 1, { reason: 'Back.' })).toMatchObject({ state: 'active' })
})
