import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { catalogDocuments, trainingDatasets } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { getNeighbours, getUsage, search } from '@/lib/catalog'
import { searchQuery, usageQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { ingest } from '@/lib/ingestion/testing'
import { deleteFeatureGroup, impactOf, impactOfService, registerFeatureService } from '@/lib/registry'
import { classifyFeature, contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { createTrainingDataset } from '.'
import { built, featureGroup } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
const now = new Date('2026-06-01T00:00:00Z')
const producer = (): Context => contextOf(['producer'], team, { now: () => now })
const outsider = (): Context => contextOf(['consumer'], null, { now: () => now })
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const spine = { rows: [{ customer_id: 1, event_timestamp: '2026-04-02' }] }

async function filledGroup() {
  const ctx = producer()
  const group = await featureGroup(ctx)
  await ingest(ctx, group, [
    { customer_id: 1, interaction_date: '2026-04-01', num_logins: 4, avg_session_duration: 1 },
  ])
  return { ctx, group }
}

const hide = async (name: string) => {
  await db()
    .update(trainingDatasets)
    .set({ classification: 'restricted' })
    .where(eq(trainingDatasets.name, name))
  await db()
    .update(catalogDocuments)
    .set({ classification: 'restricted' })
    .where(and(eq(catalogDocuments.kind, 'dataset'), eq(catalogDocuments.name, name)))
}

const impact = (ctx: Context, group: string, feature?: string) =>
  impactOf(ctx, group, { change: 'deprecate', ...(feature === undefined ? {} : { feature }) })
const lookFor = (ctx: Context, q: string) => search(ctx, searchQuery.parse({ q, limit: 200 }))

describe('a training dataset', { timeout: 60_000 }, () => {
  it('is named by the impact and the usage of what it was built from', async () => {
    const { ctx, group } = await filledGroup()
    const service = mintName('service')
    await registerFeatureService(ctx, {
      name: service,
      features: [`${group}:num_logins`],
      owner_team: team.name,
    })
    const { dataset } = await built(ctx, { spine, feature_service: service })
    await built(ctx, { name: dataset, spine, feature_service: service })
    const named = [{ name: dataset, version: 2, features: ['num_logins'], owner_team: team.name }]
    expect(await impact(ctx, group)).toMatchObject({ datasets: named, owner_teams: [team.name] })
    expect((await impact(ctx, group, 'num_logins')).datasets).toEqual(named)
    expect((await impact(ctx, group, 'avg_session_duration')).datasets).toEqual([])
    expect((await getUsage(ctx, group, usageQuery.parse({}))).datasets).toEqual(named)
    expect(await impactOfService(ctx, service)).toMatchObject({
      datasets: [{ name: dataset, version: 2, service_version: 1, owner_team: team.name }],
    })
  })

  it('is found by search under its own kind, and stands in the lineage of its groups', async () => {
    const { ctx, group } = await filledGroup()
    const description = 'Rows for the harbour model.'
    const name = mintName('harbour_rows')
    await built(ctx, { name, description, spine, features: [`${group}:num_logins`] })
    for (const q of [name, 'harbour rows', 'harbour model']) {
      const { data, facets } = await lookFor(outsider(), q)
      expect(data[0], q).toMatchObject({ kind: 'dataset', name, team: team.name })
      expect(facets.kind).toContainEqual({ value: 'dataset', count: expect.any(Number) })
    }
    const { downstream } = await getNeighbours(outsider(), { kind: 'group', names: [group, `${group}@1`] })
    expect(downstream).toContainEqual(
      expect.objectContaining({ kind: 'dataset', name, description, owner_team: team.name }),
    )
  })

  it('keeps its groups from being deleted, from its first asking on', async () => {
    const { ctx, group } = await filledGroup()
    const name = mintName('dataset')
    const scientist = contextOf(['consumer'], await mintTeam(), { now: () => now })
    await createTrainingDataset(scientist, { name, spine, features: [`${group}:num_logins`] })
    const refused = (who: Context) => deleteFeatureGroup(who, group, '*').catch((error) => error)
    expect((await refused(ctx)).details.extensions.users).toContain(`training dataset ${name}@1`)
    await hide(name)
    const told = await refused(producer())
    expect(told).toMatchObject({ code: 'conflict' })
    expect(JSON.stringify([told.message, told.details])).not.toContain(name)
    expect(told.message).toContain('training datasets that you may not see')
  })

  it('that a reader may not know of is in no answer', async () => {
    const { ctx, group } = await filledGroup()
    const name = mintName('zqhidden_rows')
    await built(ctx, { name, description: `About ${name}.`, spine, features: [`${group}:num_logins`] })
    await hide(name)
    const answers = async (who: Context) => [
      await impact(who, group),
      await impact(who, group, 'num_logins'),
      await getUsage(who, group, usageQuery.parse({})),
      await getNeighbours(who, { kind: 'group', names: [group, `${group}@1`] }),
      { ...(await lookFor(who, name)), q: null },
      { ...(await lookFor(who, '')), q: null },
    ]
    expect(JSON.stringify(await answers(outsider()))).not.toContain(name)
    const [found] = (await lookFor(outsider(), 'zqhidden')).data
    expect(found).toBeUndefined()
  })

  it('that takes only features which a reader may not know of is not told of', async () => {
    const { ctx, group } = await filledGroup()
    const { dataset } = await built(ctx, { spine, features: [`${group}:num_logins`] })
    expect((await impact(outsider(), group)).datasets.map(({ name }) => name)).toEqual([dataset])
    await classifyFeature(group, 'num_logins', 'restricted')
    expect((await impact(outsider(), group)).datasets).toEqual([])
    expect((await getUsage(outsider(), group, usageQuery.parse({}))).datasets).toEqual([])
  })
})
