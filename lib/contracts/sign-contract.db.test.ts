import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { apiKeys, auditLog, people } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
import {
  getContract,
  listContractVersions,
  proposeContract,
  signContract,
  stateExpectation,
  withdrawContract,
} from '.'

async function place() {
  const [owners, readers] = [await mintTeam(), await mintTeam()]
  const owner = contextOf(['producer'], owners)
  const reader = contextOf(['producer', 'consumer'], readers)
  const { name } = await registerFeatureGroup(owner, groupBody({ owner_team: owners.name }))
  const service = mintName('churn')
  await registerFeatureService(reader, {
    name: service,
    features: [`${name}:num_logins`],
    owner_team: readers.name,
  })
  return { owner, reader, owners, readers, name, service }
}

const fresh = (age: string) => ({ terms: { freshness: { max_age: age } } })

describe('a contract', () => {
  it('is in force with the signature of its owner, and shows who reads and has not signed', async () => {
    const { owner, reader, owners, name, service } = await place()
    const proposed = await proposeContract(owner, name, {
      ...fresh('P1D'),
      purpose: 'Churn models.',
      support: '#growth',
    })
    expect(proposed).toMatchObject({
      number: 1,
      state: 'in_force',
      change: 'first',
      purpose: 'Churn models.',
    })
    expect(proposed.signatures).toMatchObject([{ party: 'owner', name: owners.name }])
    const { parties } = await getContract(reader, { group: name })
    expect(parties).toMatchObject([
      { party: 'owner', signed: 1 },
      { party: 'service', name: service, features: ['num_logins'], signed: null, signs_now: true },
    ])
    expect((await getContract(owner, { group: name })).parties[1]).toMatchObject({ signs_now: false })
  })

  it('goes on with its signatures where it promises more, and waits for them where it promises less', async () => {
    const { owner, reader, name, service } = await place()
    await proposeContract(owner, name, fresh('P1D'))
    await signContract(reader, name, { service })
    const more = await proposeContract(owner, name, fresh('PT12H'))
    expect(more).toMatchObject({ number: 2, state: 'in_force', change: 'more' })
    expect(more.signatures).toMatchObject([{ party: 'owner' }, { party: 'service', carried_from: 1 }])
    const less = await proposeContract(owner, name, fresh('P2D'))
    expect(less).toMatchObject({ number: 3, state: 'proposed', change: 'less', waits_for: [service] })
    expect(less.changes).toEqual([
      {
        term: 'freshness.max_age',
        old: 'newest event at most PT12H old',
        new: 'newest event at most P2D old',
        effect: 'less',
      },
    ])
    expect(await getContract(owner, { group: name })).toMatchObject({
      contract: { number: 2 },
      proposed: { number: 3 },
    })
    expect(await signContract(reader, name, { service })).toMatchObject({
      number: 3,
      state: 'in_force',
      waits_for: [],
    })
    expect(await getContract(owner, { group: name })).toMatchObject({
      contract: { number: 3 },
      proposed: null,
    })
    const states = (await listContractVersions(owner, { group: name })).data.map(({ state }) => state)
    expect(states).toEqual(['in_force', 'superseded', 'superseded'])
  })

  it('is signed for a service by its team alone, once, and audited', async () => {
    const { owner, reader, name, service } = await place()
    await proposeContract(owner, name, fresh('P1D'))
    await expect(signContract(owner, name, { service })).rejects.toMatchObject({ code: 'forbidden' })
    await signContract(reader, name, { service })
    await expect(signContract(reader, name, { service })).rejects.toMatchObject({ code: 'conflict' })
    const rows = await db().select().from(auditLog)
    const own = rows.filter(({ action, resourceName }) => action === 'contract:sign' && resourceName === name)
    expect(own.map(({ verdict }) => verdict).sort()).toContain('allow')
    expect(own.find(({ verdict }) => verdict === 'allow')?.reason).toBe(
      `Signed contract 1 of version 1 for service ${service}`,
    )
  })

  it('is signed for a team that reads without a service', async () => {
    const { owner, reader, readers, name } = await place()
    await proposeContract(owner, name, fresh('P1D'))
    await signContract(reader, name, { team: readers.name })
    await expect(signContract(owner, name, { team: readers.name })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await getContract(owner, { group: name })).parties.at(-1)).toMatchObject({
      party: 'team',
      signed: 1,
    })
  })

  it('is proposed by the owner alone, on top of what its author knew', async () => {
    const { owner, reader, name } = await place()
    await expect(proposeContract(reader, name, fresh('P1D'))).rejects.toMatchObject({ code: 'forbidden' })
    await proposeContract(owner, name, { ...fresh('P1D'), follows: 0 })
    await expect(proposeContract(owner, name, { ...fresh('P2D'), follows: 0 })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('waits for who signed a promise of a later date, which nobody undoes alone', async () => {
    const { owner, reader, readers, name } = await place()
    await proposeContract(owner, name, { ...fresh('PT1H'), valid_from: '2099-01-01T00:00:00Z' })
    await signContract(reader, name, { team: readers.name })
    await expect(withdrawContract(owner, name, 1, { reason: 'Too much.' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await proposeContract(owner, name, fresh('P30D'))).toMatchObject({
      state: 'proposed',
      change: 'less',
      waits_for: [readers.name],
    })
    expect(await signContract(reader, name, { team: readers.name })).toMatchObject({ state: 'in_force' })
  })

  it('waits for who signed what holds, although it promises more than what follows on that', async () => {
    const { owner, reader, readers, name } = await place()
    await proposeContract(owner, name, fresh('PT1H'))
    await signContract(reader, name, { team: readers.name })
    await proposeContract(owner, name, { ...fresh('P9D'), valid_from: '2099-01-01T00:00:00Z' })
    await signContract(reader, name, { team: readers.name })
    expect(await proposeContract(owner, name, fresh('P1D'))).toMatchObject({
      state: 'proposed',
      waits_for: [readers.name],
    })
  })

  it('is not signed for a reader by who proposed it, while the team has somebody else', async () => {
    const [owners, readers] = [await mintTeam(), await mintTeam()]
    const actor = await testActor({ roles: ['administrator', 'producer'], team: owners.name, name: 'Ada' })
    const teams = [...actor.teams, { teamId: readers.id, team: readers.name, membership: 'member' as const }]
    const both = testContext({ ...actor, teams })
    const { name } = await registerFeatureGroup(both, groupBody({ owner_team: owners.name }))
    const service = mintName('churn')
    await registerFeatureService(both, {
      name: service,
      features: [`${name}:num_logins`],
      owner_team: readers.name,
    })
    await proposeContract(both, name, fresh('P1D'))
    const member = testContext(await testActor({ roles: ['producer'], team: readers.name, name: 'Ben' }))
    for (const party of [{ service }, { team: readers.name }])
      await expect(signContract(both, name, party)).rejects.toMatchObject({ code: 'forbidden' })
    const { parties } = await getContract(both, { group: name })
    expect(parties[1]).toMatchObject({ name: service, may_sign: true, signs_now: false })
    expect((await getContract(member, { group: name })).parties[1]).toMatchObject({ signs_now: true })
    await signContract(member, name, { service })
    await db()
      .update(people)
      .set({ disabledAt: new Date().toISOString() })
      .where(eq(people.id, member.actor.id))
    expect(await signContract(both, name, { team: readers.name })).toMatchObject({ number: 1 })
  })

  it('is not signed by who made the key that made the key that proposed it', async () => {
    const [owners, readers] = [await mintTeam(), await mintTeam()]
    const actor = await testActor({ roles: ['administrator', 'producer'], team: owners.name, name: 'Ada' })
    const teams = [...actor.teams, { teamId: readers.id, team: readers.name, membership: 'member' as const }]
    const ada = testContext({ ...actor, teams })
    await testActor({ roles: ['producer'], team: readers.name, name: 'Ben' })
    const account = () => testActor({ roles: ['producer'], team: owners.name, name: 'robot' })
    const [root, second] = [await account(), await account()]
    const keyOf = (ownerId: string, createdBy: string) => {
      const id = newId()
      const owned = { ownerKind: 'service' as const, ownerId, createdBy }
      return db()
        .insert(apiKeys)
        .values({ id, name: 'ci', prefix: 'alm', secretHash: id, ...owned })
    }
    await keyOf(root.id, ada.actor.id)
    await keyOf(second.id, root.id)
    const { name } = await registerFeatureGroup(ada, groupBody({ owner_team: owners.name }))
    await proposeContract(testContext(second), name, fresh('P1D'))
    await expect(signContract(ada, name, { team: readers.name })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('can be taken back until it is in force', async () => {
    const { owner, reader, name, service } = await place()
    await proposeContract(owner, name, fresh('P1D'))
    await signContract(reader, name, { service })
    await proposeContract(owner, name, fresh('P2D'))
    const withdrawn = await withdrawContract(owner, name, 2, { reason: 'Not needed.' })
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawn: { reason: 'Not needed.' } })
    await expect(signContract(reader, name, { service, contract: 2 })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(withdrawContract(owner, name, 1, { reason: 'No.' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('is not proposed for a draft, whose columns may still change', async () => {
    const { owner, name } = await place()
    const features = [{ name: 'num_logins', type: 'int64' }]
    expect(await addVersion(owner, name, { features })).toMatchObject({ version: 2 })
    await expect(proposeContract(owner, name, { ...fresh('P1D'), version: 2 })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it.each([
    [{ checks: [{ name: 'a', expression: 'num_logins + 1' }] }, '/terms/checks/0/expression'],
    [{ checks: [{ name: 'a', expression: 'nothing > 1' }] }, '/terms/checks/0/expression'],
    [{ checks: [{ name: 'a', expression: '1 = 1' }] }, '/terms/checks/0/expression'],
    [{ checks: [{ name: 'a', expression: "read_csv('x') is null" }] }, '/terms/checks/0/expression'],
    [{ unique: [{ columns: ['customer_id', 'nothing'] }] }, '/terms/unique/0/columns/1'],
    [{ null_share: [{ feature: 'nothing', max: 0 }] }, '/terms/null_share/0/feature'],
    [{ freshness: {} }, '/terms/freshness'],
    [{ freshness: { by: '25:00' } }, '/terms/freshness/by'],
    [{ rows: { per_day: { min: 2, max: 1 } } }, '/terms/rows/per_day'],
  ])('refuses %j, naming the place', async (terms, pointer) => {
    const { owner, name } = await place()
    await expect(proposeContract(owner, name, { terms })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [expect.objectContaining({ pointer })] },
    })
  })

  it('says nothing of features that its reader may not know of', async () => {
    const { owner, name } = await place()
    const terms = {
      checks: [{ name: 'hidden', expression: 'avg_session_duration >= 0' }],
      null_share: [{ feature: 'avg_session_duration', max: 0.1 }],
    }
    await proposeContract(owner, name, { terms })
    await classifyFeature(name, 'avg_session_duration', 'restricted')
    const seen = await getContract(contextOf(['viewer']), { group: name })
    expect(JSON.stringify(seen)).not.toContain('avg_session_duration')
    expect(JSON.stringify(await getContract(owner, { group: name }))).toContain('avg_session_duration >= 0')
  })

  it('answers a reader who asks for a term on a hidden feature as one on none', async () => {
    const { owner, reader, name, service } = await place()
    await proposeContract(owner, name, fresh('P1D'))
    await classifyFeature(name, 'avg_session_duration', 'restricted')
    const asked = (feature: string) =>
      stateExpectation(reader, name, {
        service,
        reason: 'Churn.',
        terms: { null_share: [{ feature, max: 0.1 }] },
      })
    const none = 'is no feature of this version'
    for (const feature of ['avg_session_duration', 'nothing'])
      await expect(asked(feature)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining(none),
      })
    await expect(asked('num_logins')).resolves.toBeDefined()
  })
})
