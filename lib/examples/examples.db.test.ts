import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { catalogDocuments } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { getUsage } from '@/lib/catalog'
import { getCompleteness } from '@/lib/completeness'
import type { Context } from '@/lib/core/context'
import { systemContext } from '@/lib/identity'
import { ingest } from '@/lib/ingestion/testing'
import { archiveVersion, registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import {
  classifyFeature,
  contextOf,
  groupBody,
  mintName,
  mintTeam,
  type TestTeam,
} from '@/lib/registry/testing'
import { addExample, listExamples, lookAtAll, removeExample, runExample } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const owner = () => contextOf(['producer'], team)
const viewer = () => contextOf(['viewer'])

async function newGroup(more: Record<string, unknown> = {}) {
  const { name } = await registerFeatureGroup(owner(), groupBody({ owner_team: team.name, ...more }))
  await ingest(owner(), name, [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: 5 }])
  return name
}
const example = (name: string, more: Record<string, unknown> = {}) => ({
  asset: { kind: 'group', name },
  title: 'One customer',
  reads: 'online',
  request: { features: [`${name}:num_logins`], entities: { customer_id: [1] } },
  ...more,
})
const historical = (name: string, rows: unknown[]) => ({
  reads: 'historical',
  request: { features: [`${name}@1:num_logins`], spine: { rows } },
})
const spine = { customer_id: 1, event_timestamp: '2026-05-02T00:00:00Z' }

/** Somebody whose rights end at dev, asking there. */
const ofDev = () => {
  const { actor } = owner()
  const roles = actor.roles.map((one) => ({ ...one, environment: 'dev' }))
  return { actor: { ...actor, roles }, environment: 'dev' }
}

describe('examples', () => {
  it('are looked at when they are added, and run with the rights of their reader', async () => {
    const name = await newGroup()
    const made = await addExample(owner(), example(name))
    expect(made.last_run).toMatchObject({ worked: true, failure: null })
    const past = await addExample(owner(), example(name, historical(name, [spine])))
    expect(past.last_run).toMatchObject({ worked: true })
    expect((await runExample(owner(), made.id)).answer).toContain('"values":[["5"]]')
    expect((await runExample(contextOf(['consumer']), past.id)).answer).toContain('"num_logins"')
    await expect(runExample(viewer(), made.id)).rejects.toMatchObject({ code: 'forbidden' })
    const { data, change } = await listExamples(viewer(), { kind: 'group', name })
    expect(data.map(({ id }) => id)).toEqual([made.id, past.id])
    expect(change.allowed).toBe(false)
    await removeExample(owner(), made.id, '*')
    await expect(runExample(owner(), made.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are nobody’s read when the portal looks, and hide with a feature that they name', async () => {
    const name = await newGroup()
    const { id } = await addExample(owner(), example(name))
    expect(await getUsage(owner(), name, { days: 1 })).toMatchObject({ reads: 0, readers: [] })
    const listed = async (ctx: Context) =>
      (await listExamples(ctx, { kind: 'group', name })).data.map((one) => one.id)
    expect(await listed(viewer())).toEqual([id])
    await classifyFeature(name, 'num_logins', 'restricted')
    const line = eq(catalogDocuments.name, `${name}:num_logins`)
    await db().update(catalogDocuments).set({ classification: 'restricted' }).where(line)
    expect(await listed(owner())).toEqual([id])
    expect(await listed(viewer())).toEqual([])
    await expect(runExample(contextOf(['consumer']), id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of a service tell why they fail to who may change it alone: the reason may name what others may not know of', async () => {
    const name = await newGroup()
    const service = mintName('service')
    await registerFeatureService(owner(), {
      name: service,
      features: [`${name}:num_logins`],
      owner_team: team.name,
    })
    const asset = { kind: 'service' as const, name: service }
    const request = { feature_service: service, entities: { nobody: [1] } }
    await addExample(owner(), { ...example(name), asset, request })
    const why = async (ctx: Context) => (await listExamples(ctx, asset)).data[0]?.last_run
    expect(await why(owner())).toMatchObject({
      worked: false,
      failure: expect.stringContaining('customer_id'),
    })
    expect(await why(viewer())).toMatchObject({ worked: false, failure: 'Who may change it is told why.' })
  })

  it('tell on the next look that they fail, and why, until what is missing names it', async () => {
    const name = await newGroup()
    const lacks = async () =>
      (await getCompleteness(owner(), { kind: 'group', name })).missing.map(({ item }) => item)
    expect(await lacks()).toContain('example')
    await addExample(owner(), example(name))
    expect(await lacks()).not.toEqual(expect.arrayContaining(['example']))
    await archiveVersion(owner(), name, 1, { reason: 'Gone.' })
    const { looked_at, failed } = await lookAtAll(systemContext(), async () => {})
    expect(looked_at).toBeGreaterThanOrEqual(failed)
    const [found] = (await listExamples(owner(), { kind: 'group', name })).data
    expect(found?.last_run).toMatchObject({ worked: false, failure: expect.stringMatching(/archived/) })
  })

  it('are written by who may change the asset, and only of it', async () => {
    const name = await newGroup()
    const refused = (body: object, code: string, ctx = owner()) =>
      expect(addExample(ctx, body)).rejects.toMatchObject({ code })
    await refused(example(name), 'forbidden', viewer())
    await refused(example(name, { request: { features: ['other:x'], entities: {} } }), 'invalid')
    await refused(example(name, { asset: { kind: 'service', name } }), 'not_found')
    await refused(
      example(
        name,
        historical(
          name,
          Array.from({ length: 101 }, () => spine),
        ),
      ),
      'invalid',
    )
    await refused(example(name, { request: { features: [`${name}:num_logins`], x: 'a\u0000' } }), 'invalid')

    // The installation would read it along: what its answer says of the other is not the writer's to know.
    const other = await newGroup()
    for (const request of [
      { features: [`${name}:num_logins`, `${other}:num_logins`], entities: { customer_id: [1] } },
      { features: [`${name}:num_logins`], feature_service: 'another', entities: { customer_id: [1] } },
      { features: [], entities: { customer_id: [1] } },
    ])
      await refused(example(name, { request }), 'invalid')
    await refused(example(name), 'forbidden', { ...contextOf(['producer'], team), ...ofDev() })

    const restricted = await registerFeatureGroup(
      owner(),
      groupBody({ owner_team: team.name, classification: 'restricted' }),
    )
    await refused(example(restricted.name), 'conflict')
  })
})
