import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acceptExpectation, proposeContract, stateExpectation } from '@/lib/contracts'
import { openThread } from '@/lib/governance'
import { testActor, testContext } from '@/lib/identity/testing'
import { acknowledgeNotification, listNotifications, notify } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { addVersion, deleteEntity, registerEntity, registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
const owner = async () => testContext(await testActor({ roles: ['producer'], team, name: 'Ada' }))
const outsider = async () => testContext(await testActor({ role: 'viewer', name: 'Vic' }))

/** More than the pool has connections: each that asks for a second one while it holds its own would wait for ever. */
const many = 12
const times = <T>(make: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: many }, (_, at) => make(at)))

describe('more acts at once than the pool holds connections end', () => {
  it('acknowledgements of a deprecation', async () => {
    const ctx = await owner()
    const { name } = await registerFeatureGroup(ctx, groupBody({ owner_team: team }))
    const readers = await times(outsider)
    await notify(db(), ctx, {
      kind: 'deprecation',
      to: { people: readers.map(({ actor }) => actor.id) },
      asset: { kind: 'group', name },
      title: 'It goes',
      href: '/',
      needsAcknowledgement: true,
    })
    const own = async (reader: (typeof readers)[number]) => {
      const { data } = await listNotifications(reader, listNotificationsQuery.parse({}))
      return { reader, id: data[0]?.id ?? '' }
    }
    const waiting = await Promise.all(readers.map(own))
    const ended = await Promise.all(waiting.map(({ reader, id }) => acknowledgeNotification(reader, id)))
    expect(ended.every(({ acknowledged_at: at }) => at !== null)).toBe(true)
  }, 20_000)

  it('comments with a suggestion', async () => {
    const ctx = await owner()
    const body = groupBody({ owner_team: team })
    const { name } = await registerFeatureGroup(ctx, body)
    await addVersion(ctx, name, { features: body.features.slice(0, 1) })
    const threads = await times((at) =>
      openThread(ctx, name, 2, {
        field: 'description',
        text: 'Better',
        suggestion: { value: `Words ${at}` },
      }),
    )
    expect(threads).toHaveLength(many)
  }, 20_000)

  it('deletions that are refused, with the users that are known', async () => {
    const ctx = await owner()
    const entity = mintName('thing')
    await registerEntity(ctx, {
      name: entity,
      owner_team: team,
      keys: [{ name: 'customer_id', type: 'int64' }],
    })
    await registerFeatureGroup(ctx, groupBody({ owner_team: team, entity }))
    const refused = await times(() => deleteEntity(ctx, entity, '*').catch((error: Error) => error.message))
    expect(new Set(refused).size).toBe(1)
  }, 20_000)

  it('expectations that become contracts', async () => {
    const ctx = await owner()
    const groups = await times(async () => {
      const { name } = await registerFeatureGroup(ctx, groupBody({ owner_team: team }))
      await proposeContract(ctx, name, { terms: { freshness: { max_age: 'P1D' } } })
      const { id } = await stateExpectation(ctx, name, {
        team,
        terms: { freshness: { max_age: 'PT1H' } },
        reason: 'Faster',
      })
      return { name, id }
    })
    const accepted = await Promise.all(groups.map(({ name, id }) => acceptExpectation(ctx, name, id, {})))
    expect(accepted.map(({ state }) => state)).toEqual(groups.map(() => 'accepted'))
  }, 30_000)
})
