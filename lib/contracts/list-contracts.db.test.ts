import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, notifications } from '@/db/schema'
import { testActor, testContext } from '@/lib/identity/testing'
import { registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
import {
  acceptExpectation,
  contractsCsv,
  declineExpectation,
  getContract,
  keepBreaches,
  listBreaches,
  listContracts,
  proposeContract,
  signContract,
  stateExpectation,
} from '.'
import { contractedVersion } from './contracted-version'

const limit = 200

async function place() {
  const [owners, readers] = [await mintTeam(), await mintTeam()]
  const owner = contextOf(['producer'], owners)
  const reader = contextOf(['producer', 'consumer'], readers)
  const body = groupBody({ owner_team: owners.name })
  const { name } = await registerFeatureGroup(owner, body)
  const service = mintName('churn')
  const features = [`${name}:num_logins`]
  await registerFeatureService(reader, { name: service, features, owner_team: readers.name })
  return { owner, reader, owners, name, service }
}

async function breach(group: string, feature: string) {
  const version = await contractedVersion(contextOf(['administrator']), group)
  const at = new Date().toISOString()
  const broken = { rule: 'min', feature, outcome: 'accepted', severity: 'warn', rows: 1, checked: 2 } as const
  await keepBreaches(
    db(),
    { groupId: version.groupId, versionId: version.versionId, environment: 'prod', contract: null },
    { name: 'commit', at },
    [{ ...broken, observed: '1 of 2 rows', promised: '=1+1' }],
  )
}

describe('what a reader asks for', () => {
  it('joins the contract when the owner accepts it', async () => {
    const { owner, reader, name, service } = await place()
    await proposeContract(owner, name, { terms: { rows: { per_day: { min: 5 } } }, purpose: 'Churn.' })
    const stated = await stateExpectation(reader, name, {
      service,
      terms: { freshness: { max_age: 'PT6H' } },
      reason: 'Four runs a day.',
    })
    expect(stated).toMatchObject({ state: 'open', name: service })
    await expect(acceptExpectation(reader, name, stated.id, {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(await acceptExpectation(owner, name, stated.id, {})).toMatchObject({
      state: 'accepted',
      accepted_in: 2,
    })
    expect((await getContract(owner, { group: name })).contract).toMatchObject({
      number: 2,
      purpose: 'Churn.',
      terms: { rows: { per_day: { min: 5 } }, freshness: { max_age: 'PT6H' } },
    })
    await expect(acceptExpectation(owner, name, stated.id, {})).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is declined with a word why, and kept', async () => {
    const { owner, reader, name, service } = await place()
    const terms = { null_share: [{ feature: 'num_logins', max: 0 }] }
    const { id } = await stateExpectation(reader, name, { service, terms, reason: 'No gaps.' })
    await expect(declineExpectation(owner, name, id, {})).rejects.toMatchObject({ code: 'invalid' })
    await declineExpectation(owner, name, id, { reply: 'The source has gaps.' })
    const { contract, expectations } = await getContract(reader, { group: name })
    expect(contract).toBeNull()
    expect(expectations).toMatchObject([{ id, state: 'declined', reply: 'The source has gaps.' }])
  })

  it('tells who owns the group without naming the service, which may be hidden from them', async () => {
    const { reader, owners, name, service } = await place()
    const owning = testContext(await testActor({ roles: ['producer'], team: owners.name }))
    await proposeContract(owning, name, { terms: {} })
    const terms = { rows: { per_day: { min: 1 } } }
    const { id } = await stateExpectation(reader, name, { service, terms, reason: 'No gaps.' })
    await acceptExpectation(owning, name, id, {})
    const told = await db().select().from(notifications).where(eq(notifications.personId, owning.actor.id))
    expect(told.map(({ title }) => title)).toEqual([
      `A feature service asks the contract of ${name}@1 for more`,
    ])
    const history = await db().select().from(auditLog).where(eq(auditLog.resourceName, name))
    expect(JSON.stringify(history.map(({ reason }) => reason))).not.toContain(service)
    expect((await getContract(owning, { group: name })).contract?.reason).not.toContain(service)
  })

  it('is asked by whoever may sign for the service', async () => {
    const { owner, name, service } = await place()
    const asked = stateExpectation(owner, name, { service, terms: {}, reason: 'No.' })
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('listContracts', () => {
  it('counts what has a contract and what has not, each figure with its list', async () => {
    const { owner, reader, owners, name, service } = await place()
    const other = await registerFeatureGroup(owner, groupBody({ owner_team: owners.name }))
    await proposeContract(owner, name, { terms: {} })
    await signContract(reader, name, { service })
    await breach(name, 'num_logins')
    const { data, coverage } = await listContracts(owner, { team: owners.name, limit })
    expect(data).toMatchObject([
      {
        group: name,
        contract: 1,
        signatures: 1,
        consumers: 1,
        features: 2,
        features_with_terms: 1,
        open_breaches: 1,
      },
      { group: other.name, contract: null, signatures: 0, consumers: 0, open_breaches: 0 },
    ])
    expect(coverage.teams.find(({ team }) => team === owners.name)).toEqual({
      team: owners.name,
      groups: 2,
      groups_with_contract: 1,
      features: 4,
      features_with_terms: 2,
    })
    const names = async (query: object) =>
      (await listContracts(owner, { team: owners.name, limit, ...query })).data.map(({ group }) => group)
    expect(await names({ missing: 'contract' })).toEqual([other.name])
    expect(await names({ missing: 'terms' })).toEqual([name, other.name])
    expect(await names({ broken: 'open' })).toEqual([name])
    expect((await contractsCsv(owner, { team: owners.name, limit })).split('\n')).toHaveLength(4)
  })

  it('leaves out groups, features and breaches that the reader may not know of', async () => {
    const { owner, owners, name } = await place()
    await registerFeatureGroup(owner, groupBody({ owner_team: owners.name, classification: 'restricted' }))
    await breach(name, 'num_logins')
    await classifyFeature(name, 'num_logins', 'restricted')
    const viewer = contextOf(['viewer'])
    const { data, coverage } = await listContracts(viewer, { team: owners.name, limit })
    expect(data).toMatchObject([
      { group: name, features: 1, features_with_terms: 0, open_breaches: 0, breaches_28d: 0 },
    ])
    expect(coverage.teams.find(({ team }) => team === owners.name)).toMatchObject({ groups: 1, features: 1 })
    expect(await listBreaches(viewer, { group: name, limit })).toMatchObject({ data: [], meta: { total: 0 } })
    expect((await listBreaches(owner, { group: name, limit })).meta.total).toBe(1)
    expect((await getContract(viewer, { group: name })).open_breaches).toBe(0)
  })
})
