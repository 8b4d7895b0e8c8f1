import { sql } from 'drizzle-orm'
import { beforeAll, expect, it, vi } from 'vitest'
import { db, inOneTransaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  addVersion,
  applyEdit,
  approveVersion,
  archiveVersion,
  getFeatureGroup,
  lockGroups,
  registerFeatureGroup,
  standsFor,
  submitVersion,
  updateFeatureGroup,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
let ada: Context
let rex: Context

beforeAll(async () => {
  ada = testContext(await testActor({ roles: ['producer'], team, name: 'Ada' }))
  rex = testContext(await testActor({ roles: ['producer', 'reviewer'], team, name: 'Rex' }))
})

const blocked = async () => {
  const rows = await db().execute(
    sql`select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`,
  )
  expect(rows).toHaveLength(1)
}

/** Lets an act come as far as the lock of the group, does another one under that lock, and lets the first go on. */
async function meanwhile(name: string, act: () => Promise<unknown>, between: () => Promise<unknown>) {
  let held: () => void = () => undefined
  const isHeld = new Promise<void>((resolve) => {
    held = resolve
  })
  await Promise.all([
    inOneTransaction(async () => {
      await lockGroups(db(), [name])
      held()
      await vi.waitFor(blocked, { timeout: 20_000, interval: 20 })
      await between()
    }),
    isHeld.then(act),
  ])
}

async function inReview() {
  const body = groupBody({ owner_team: team })
  const { name } = await registerFeatureGroup(ada, body)
  await addVersion(ada, name, { features: body.features.slice(0, 1) })
  await submitVersion(ada, name, 2, {})
  return name
}

it('who approves while what they suggested is applied has a hand in it', async () => {
  const name = await inReview()
  const suggestedBy = await standsFor(rex.actor)
  const old = 'Logins on the day.'
  const edit = { field: 'features.num_logins.description', old, new: 'Logins of the day.' }
  const within = () => Promise.resolve()
  await meanwhile(
    name,
    () => expect(approveVersion(rex, name, 2, {})).rejects.toMatchObject({ code: 'forbidden' }),
    () => applyEdit(ada, name, 2, { edit, suggestedBy, reason: 'Better.', check: undefined, within }),
  )
})

it('a class that was raised meanwhile is not lowered by who may not', async () => {
  const body = groupBody({ owner_team: team })
  const { name } = await registerFeatureGroup(ada, body)
  await meanwhile(
    name,
    () =>
      expect(updateFeatureGroup(ada, name, { classification: 'internal' }, '*')).rejects.toMatchObject({
        code: 'forbidden',
      }),
    () => updateFeatureGroup(rex, name, { classification: 'confidential' }, '*'),
  )
  expect(await getFeatureGroup(ada, name)).toMatchObject({ classification: 'confidential' })
})

it('what was submitted against one version is not approved once that is archived', async () => {
  const name = await inReview()
  await archiveVersion(ada, name, 1, { reason: 'Gone.' })
  await expect(approveVersion(rex, name, 2, {})).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has changed since it was submitted'),
  })
})
