import { beforeAll, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, registerFeatureGroup, restoreAsNew, submitVersion } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
let owner: Context
/** The same rights, in `dev` alone. */
let developer: Context

beforeAll(async () => {
  const actor = await testActor({ roles: ['producer'], team, name: 'Ada' })
  owner = testContext(actor)
  const { id, name, roles, teams } = actor
  const limits = { scopes: [], environments: ['dev'], groups: [], expiresAt: null }
  const key = { kind: 'apiKey' as const, id, name, roles, teams, keyId: newId(), keyName: 'ci', ...limits }
  developer = { ...testContext(key), environment: 'dev' }
})

const said = { name: 'pages', type: 'int64', description: 'Pages seen on the day.' }

it('a version is put only where its author may change the group', async () => {
  const body = groupBody({ owner_team: team, environments: ['dev'] })
  const { name } = await registerFeatureGroup(developer, body)
  const next = { features: [...body.features, said], primary_key: body.primary_key }
  await expect(addVersion(developer, name, { ...next, environments: ['dev', 'prod'] })).rejects.toMatchObject(
    { code: 'forbidden' },
  )
  await addVersion(developer, name, next)
  await expect(
    restoreAsNew(developer, name, '1.1', { environments: ['prod'], reason: 'As before.' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  expect(await addVersion(owner, name, { features: [said], environments: ['dev', 'prod'] })).toMatchObject({
    version: 2,
  })
})

it('a group is registered only where its author may', async () => {
  const body = groupBody({ owner_team: team, environments: ['dev', 'prod'] })
  await expect(registerFeatureGroup(developer, body)).rejects.toMatchObject({ code: 'forbidden' })
})

it('a first draft that would serve in prod is neither written nor submitted from dev', async () => {
  const body = groupBody({ owner_team: team, environments: ['dev', 'prod'], classification: 'confidential' })
  const { name } = await registerFeatureGroup(owner, body)
  await expect(submitVersion(developer, name, 1, {})).rejects.toMatchObject({ code: 'forbidden' })
  await expect(addVersion(developer, name, { features: [said] })).rejects.toMatchObject({ code: 'forbidden' })
})
