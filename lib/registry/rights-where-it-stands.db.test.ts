import { beforeAll, describe, expect, it } from 'vitest'
import { announce } from '@/lib/announcements'
import { certifyAsset } from '@/lib/certification'
import { proposeContract, signContract, withdrawContract } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { changeDocumentation } from '@/lib/documentation'
import { testActor, testContext } from '@/lib/identity/testing'
import { proposeTransfer } from '@/lib/ownership'
import {
  addServiceVersion,
  addVersion,
  approveVersion,
  archiveFeatureService,
  archiveVersion,
  changeDeprecation,
  deleteDomain,
  deleteEntity,
  deleteFeatureGroup,
  deleteFeatureService,
  deleteSource,
  deprecateVersion,
  extendGrace,
  previewVersion,
  promotionsOfGroup,
  registerDomain,
  registerEntity,
  registerFeatureGroup,
  registerFeatureService,
  registerSource,
  rejectVersion,
  requestChanges,
  restoreAsNew,
  restoreVersion,
  submitVersion,
  updateDomain,
  updateEntity,
  updateFeatureGroup,
  updateFeatureService,
  updateSource,
  withdrawVersion,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
const producing = [{ role: 'producer' as const, teamId: null, environment: null }]
const forbidden = { code: 'forbidden' }
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString()
const inTwoYears = new Date(Date.now() + 730 * 86_400_000).toISOString()

/** Somebody who may do everything, with the key of theirs that ends at `dev`. */
async function twice(name: string) {
  const actor = await testActor({ roles: ['administrator', 'producer', 'reviewer'], team, name })
  const { id, roles, teams } = actor
  const limits = { scopes: [], environments: ['dev'], groups: [], expiresAt: null }
  const key = { kind: 'apiKey' as const, id, name, roles, teams, keyId: newId(), keyName: 'ci', ...limits }
  return { whole: testContext(actor), ofDev: { ...testContext(key), environment: 'dev' } }
}

let ada: Context
let ben: Context
/** Ben’s key of `dev`, asking in `dev`. */
let dev: Context

beforeAll(async () => {
  ada = (await twice('Ada')).whole
  const both = await twice('Ben')
  ben = both.whole
  dev = both.ofDev
})

const said = { name: 'pages', type: 'int64', description: 'Pages seen on the day.' }
const register = async (more: Record<string, unknown> = {}) => {
  const body = groupBody({ owner_team: team, environments: ['prod'], ...more })
  await registerFeatureGroup(ada, body)
  return { name: body.name, features: body.features }
}

const ended = { reason: 'Replaced.', sunset_at: inAYear }

describe('a key of dev, asked in dev, on what stands in prod', () => {
  type Act = (name: string, features: Record<string, unknown>[]) => Promise<unknown>
  const active: [string, Act][] = [
    ['deprecates', (name) => deprecateVersion(dev, name, 1, ended)],
    ['archives', (name) => archiveVersion(dev, name, 1, { reason: 'Gone.' })],
    ['changes texts', (name) => updateFeatureGroup(dev, name, { description: 'Other words.' }, '*')],
    ['revises', (name, features) => addVersion(dev, name, { features: [...features, said] })],
    [
      'revises under another environment',
      (name, features) => addVersion(dev, name, { features: [...features, said], environments: ['dev'] }),
    ],
    ['previews', (name, features) => previewVersion(dev, name, { features: [...features, said] })],
    ['restores as new', (name) => restoreAsNew(dev, name, '1.1', { reason: 'Back.' })],
  ]
  it.each(active)('%s: refused', async (_, act) => {
    const { name, features } = await register()
    if (act === active.at(-1)?.[1]) await addVersion(ada, name, { features: [...features, said] })
    await expect(act(name, features)).rejects.toMatchObject(forbidden)
  })

  it('looks after no deprecation', async () => {
    const { name } = await register()
    await deprecateVersion(ada, name, 1, ended)
    const all = { consumer: { kind: 'all' }, until: inTwoYears, reason: 'Still used.' }
    for (const act of [
      () => changeDeprecation(dev, { group: name, version: 1 }, { reason: 'Anew.' }, '*'),
      () => extendGrace(dev, name, 1, all),
      () => restoreVersion(dev, name, 1, { reason: 'Back.' }),
    ])
      await expect(act()).rejects.toMatchObject(forbidden)
    await extendGrace(ben, name, 1, all)
  })

  it('neither submits, withdraws, sends back, rejects nor approves', async () => {
    const { name } = await register({ classification: 'confidential' })
    await expect(submitVersion(dev, name, 1, {})).rejects.toMatchObject(forbidden)
    await expect(deleteFeatureGroup(dev, name, '*')).rejects.toMatchObject(forbidden)
    await submitVersion(ada, name, 1, {})
    for (const act of [approveVersion, requestChanges, rejectVersion, withdrawVersion])
      await expect(act(dev, name, 1, { reason: 'Seen.' })).rejects.toMatchObject(forbidden)
    expect(await approveVersion(ben, name, 1, {})).toMatchObject({ state: 'active' })
  })

  it('takes no class away', async () => {
    const { name } = await register({ classification: 'confidential' })
    await expect(updateFeatureGroup(dev, name, { classification: 'internal' }, '*')).rejects.toMatchObject(
      forbidden,
    )
    expect(await updateFeatureGroup(ben, name, { classification: 'internal' }, '*')).toMatchObject({
      classification: 'internal',
    })
  })

  it('makes and changes no service of it', async () => {
    const { name } = await register()
    const selection = { features: [`${name}@1:num_logins`], owner_team: team }
    const service = mintName('service')
    await registerFeatureService(ada, { ...selection, name: service, environment: 'prod' })
    const other = { ...selection, name: mintName('service'), environment: 'prod' }
    for (const act of [
      () => registerFeatureService(dev, other),
      () => addServiceVersion(dev, service, { features: [`${name}@1:num_logins`], environment: 'prod' }),
      () => updateFeatureService(dev, service, { description: 'Other words.' }, '*'),
      () => archiveFeatureService(dev, service, { reason: 'Gone.' }),
      () => deleteFeatureService(dev, service, '*'),
    ])
      await expect(act()).rejects.toMatchObject(forbidden)
    await updateFeatureService(ben, service, { description: 'Other words.' }, '*')
  })
})

describe('beyond the registry, a key of dev, asked in dev, on what stands in prod', () => {
  const terms = { terms: { freshness: { max_age: 'P1D' } } }

  it('proposes and signs no contract', async () => {
    const { name } = await register()
    await expect(proposeContract(dev, name, terms)).rejects.toMatchObject(forbidden)
    await proposeContract(ben, name, terms)
    await expect(withdrawContract(dev, name, 1, { reason: 'No.' })).rejects.toMatchObject(forbidden)
    const service = mintName('service')
    const selection = { name: service, features: [`${name}@1:num_logins`], owner_team: team }
    await registerFeatureService(ada, { ...selection, environment: 'prod' })
    await expect(signContract(dev, name, { service })).rejects.toMatchObject(forbidden)
  })

  it('certifies nothing', async () => {
    const { name } = await register()
    const asset = { kind: 'group' as const, name }
    await expect(certifyAsset(dev, asset, { reason: 'Good.' })).rejects.toMatchObject(forbidden)
  })

  it('gives nothing away', async () => {
    const { name } = await register()
    const other = mintName('team')
    await testActor({ role: 'producer', team: other })
    const given = { assets: [{ kind: 'group', name }], to_team: other, reason: 'Theirs.' }
    await expect(
      proposeTransfer({ ...dev, actor: { ...dev.actor, roles: producing } }, given),
    ).rejects.toMatchObject(forbidden)
    expect(await proposeTransfer(ben, given)).toMatchObject({ state: 'proposed' })
  })
})

it('what stands in dev alone is changed by a key of dev, whatever environment is asked in', async () => {
  const { name, features } = await register({ environments: ['dev'] })
  const elsewhere = { ...dev, environment: 'prod' }
  await addVersion(elsewhere, name, { features: [...features, said] })
  await updateFeatureGroup(elsewhere, name, { description: 'Other words.' }, '*')
  await deprecateVersion(elsewhere, name, 1, ended)
})

it('a compatible change of dev is approved only by who may approve where it takes force', async () => {
  const { name, features } = await register({ classification: 'confidential' })
  await submitVersion(ada, name, 1, {})
  await approveVersion(ben, name, 1, {})
  await addVersion(ada, name, { features: [...features, said], environments: ['dev'] })
  await submitVersion(ada, name, 2, {})
  await expect(approveVersion(dev, name, 2, {})).rejects.toMatchObject(forbidden)
  expect(await approveVersion(ben, name, 2, {})).toMatchObject({ version: 1, revision: 2 })
})

it('what an approver may not promote is not served by their approval', async () => {
  const { name } = await register({ classification: 'confidential' })
  await submitVersion(ada, name, 1, {})
  const { actor } = dev
  if (actor.kind !== 'apiKey') throw new Error('The key is a key.')
  const approver = {
    ...dev,
    actor: { ...actor, environments: [], scopes: ['catalog:describe' as const, 'version:approve' as const] },
  }
  expect(await approveVersion(approver, name, 1, {})).toMatchObject({ state: 'active' })
  const { environments } = await promotionsOfGroup(ada, name)
  expect(environments.find(({ environment }) => environment === 'prod')).toMatchObject({
    serving: null,
    registered: [1],
  })
})

describe('a key of dev, asked in dev, on what something in prod is made of', () => {
  type Shared = 'entity' | 'source' | 'domain'
  const kinds: Shared[] = ['entity', 'source', 'domain']
  const other = { description: 'Other words.' }
  const acts = {
    entity: { update: updateEntity, drop: deleteEntity },
    source: { update: updateSource, drop: deleteSource },
    domain: { update: updateDomain, drop: deleteDomain },
  }

  /** An entity, a source and a domain that a group in these environments is made of. */
  async function shared(environments: string[]) {
    const [entity, source, domain] = [mintName('entity'), mintName('source'), mintName('domain')]
    await registerDomain(ada, { name: domain, owner_team: team })
    await registerEntity(ada, {
      name: entity,
      keys: [{ name: 'customer_id', type: 'int64' }],
      owner_team: team,
    })
    await registerSource(ada, {
      name: source,
      kind: 'push',
      owner_team: team,
    })
    const body = groupBody({
      owner_team: team,
      environments,
      domain,
      entity,
      source,
    })
    await registerFeatureGroup(ada, body)
    return { entity, source, domain, group: body.name }
  }

  it.each(kinds)('changes, hands over and deletes no %s', async (kind) => {
    const named = await shared(['prod'])
    const { update, drop } = acts[kind]
    await expect(update(dev, named[kind], other, '*')).rejects.toMatchObject(forbidden)
    await expect(drop(dev, named[kind], '*')).rejects.toMatchObject(forbidden)
    const taker = mintName('team')
    await testActor({ role: 'producer', team: taker })
    const handed = { assets: [{ kind, name: named[kind] }], to_team: taker, reason: 'Theirs.' }
    const producer = { ...dev, actor: { ...dev.actor, roles: producing } }
    await expect(proposeTransfer(producer, handed)).rejects.toMatchObject(forbidden)
    expect(await update(ben, named[kind], other, '*')).toMatchObject(other)
  })

  it.each(kinds)('changes what only dev, or nothing, is made of: %s', async (kind) => {
    const named = await shared(['dev'])
    expect(await acts[kind].update(dev, named[kind], other, '*')).toMatchObject(other)
    const alone = mintName('domain')
    await registerDomain(dev, { name: alone, owner_team: team })
    await deleteDomain(dev, alone, '*')
  })

  it.each(['entity', 'source'] as const)('documents and announces on no %s', async (kind) => {
    const name = (await shared(['prod']))[kind]
    const text = { text: 'Elsewhere.' }
    await expect(changeDocumentation(dev, { kind, name }, text, '"0"')).rejects.toMatchObject(forbidden)
    const news = { asset: { kind, name }, title: 'It moves.', body: 'On Monday.' }
    await expect(announce(dev, news)).rejects.toMatchObject(forbidden)
    expect(await changeDocumentation(ben, { kind, name }, text, '"0"')).toMatchObject(text)
  })
})
