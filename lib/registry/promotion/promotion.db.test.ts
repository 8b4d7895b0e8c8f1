import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { commits, contractBreaches, featureGroupVersions, promotions, versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import * as registry from '../index'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from '../testing'

let team: TestTeam
let producer: Context
let reviewer: Context
beforeAll(async () => {
  team = await mintTeam()
  producer = contextOf(['producer'], team)
  reviewer = contextOf(['reviewer'])
})
const within = (ctx: Context, environment: string): Context => ({ ...ctx, environment })

/** A group whose second version is approved; the first is served in its environments. */
async function approved(environments = ['prod']): Promise<string> {
  const body = groupBody({ environments })
  await registry.registerFeatureGroup(producer, body)
  await next(body.name, body.features.slice(0, 1))
  return body.name
}
async function next(name: string, features: object[]) {
  const { version } = await registry.addVersion(producer, name, { features })
  await registry.submitVersion(producer, name, version, {})
  await registry.approveVersion(reviewer, name, version, {})
  return version
}

const idOf = async (name: string, major: number) => {
  const { id } = await registry.getFeatureGroup(producer, name)
  const [row] = await db()
    .select({ id: featureGroupVersions.id })
    .from(featureGroupVersions)
    .where(and(eq(featureGroupVersions.groupId, id), eq(featureGroupVersions.major, major)))
  if (!row) throw new Error(`No version ${major}.`)
  return { group: id, version: row.id }
}
const fill = async (name: string, major: number, environment = 'prod', rows = 7) =>
  db()
    .update(versionEnvironments)
    .set({ rowCount: rows })
    .where(
      and(
        eq(versionEnvironments.versionId, (await idOf(name, major)).version),
        eq(versionEnvironments.environment, environment),
      ),
    )

const served = async (name: string, environment = 'prod') =>
  (await registry.resolveVersion(producer, { group: name }, environment)).major
const check = async (name: string, wanted: string, environment = 'prod', ctx = producer) =>
  (await registry.promotionOf(within(ctx, environment), name, 2)).checks.find((one) => one.name === wanted)
const promote = (name: string, body: object = {}, ctx = producer) =>
  registry.promoteVersion(ctx, name, 2, body)

describe('promotion', () => {
  it('goes from environment to environment, and remembers by whom and why', async () => {
    const name = await approved(['dev', 'staging', 'prod'])
    const refused = promote(name, { environment: 'prod' })
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`staging has not served ${name}@2 yet`),
      details: { extensions: { checks: expect.any(Array) } },
    })
    expect(await check(name, 'earlier_environment')).toMatchObject({ state: 'failed', acceptable: true })
    expect(await check(name, 'earlier_environment', 'dev')).toMatchObject({ state: 'not_applicable' })
    await promote(name, { environment: 'dev', reason: 'Try it.' })
    await promote(name, { environment: 'staging' })
    expect(await check(name, 'earlier_environment')).toMatchObject({ state: 'passed' })
    await promote(name, { environment: 'prod' })
    const { environments, history } = await registry.promotionsOfGroup(producer, name)
    expect(environments).toMatchObject(
      ['dev', 'staging', 'prod'].map((environment) => ({
        environment,
        serving: { version: 2, by: producer.actor.name },
        registered: [2, 1],
        rollback_to: 1,
      })),
    )
    expect(
      history.slice(0, 3).map((one) => [one.environment, one.version, one.previous, one.reason]),
    ).toEqual([
      ['prod', 2, 1, null],
      ['staging', 2, 1, null],
      ['dev', 2, 1, 'Try it.'],
    ])
    expect(history).toHaveLength(6)
  })

  it('does not count a stay that a rollback ended', async () => {
    const name = await approved(['dev', 'prod'])
    await promote(name, { environment: 'dev' })
    expect(await check(name, 'earlier_environment')).toMatchObject({ state: 'passed' })
    await registry.rollbackPromotion(producer, name, { environment: 'dev', reason: 'Broken.' })
    expect(await check(name, 'earlier_environment')).toMatchObject({
      state: 'failed',
      detail: `dev served ${name}@2 and rolled it back.`,
      acceptable: true,
    })
    await expect(promote(name)).rejects.toMatchObject({ code: 'conflict' })
    await promote(name, { environment: 'dev' })
    await promote(name)
  })

  it('accepts a check that does not pass only by its name and with a reason', async () => {
    const name = await approved(['dev', 'prod'])
    const accept = ['earlier_environment']
    await expect(promote(name, { accept })).rejects.toMatchObject({
      details: { errors: [{ pointer: '/reason' }] },
    })
    await expect(promote(name, { accept: ['approved'], reason: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(promote(name, { accept: ['contract'], reason: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await promote(name, { accept, reason: 'Hotfix.' })
    const { history } = await registry.promotionsOfGroup(producer, name)
    expect(history[0]).toMatchObject({ version: 2, accepted: accept, reason: 'Hotfix.' })
  })

  it('does not take rows from those who read', async () => {
    const name = await approved()
    await fill(name, 1)
    await expect(promote(name)).rejects.toMatchObject({ message: expect.stringContaining('find nothing') })
    expect(await served(name)).toBe(1)
    await fill(name, 2)
    expect(await check(name, 'data_present')).toMatchObject({ state: 'passed', detail: '7 rows in prod.' })
    await promote(name)
    expect(await served(name)).toBe(2)
  })

  it('waits for open breaches of the contract', async () => {
    const name = await approved()
    const { group, version } = await idOf(name, 2)
    const at = new Date().toISOString()
    const breach = { id: newId(), groupId: group, versionId: version, environment: 'prod' }
    await db()
      .insert(contractBreaches)
      .values({
        ...breach,
        rule: 'min',
        term: 'min num_logins',
        outcome: 'window',
        severity: 'fail',
        sameAs: breach.id,
        rows: 1,
        observed: '-1',
        promised: '0',
        openedAt: at,
        lastAt: at,
      })
    await expect(promote(name)).rejects.toMatchObject({ message: expect.stringContaining('1 in prod') })
    await db().update(contractBreaches).set({ closedAt: at }).where(eq(contractBreaches.id, breach.id))
    await promote(name)
  })

  it('takes only what is approved', async () => {
    const body = groupBody()
    await registry.registerFeatureGroup(producer, body)
    await registry.addVersion(producer, body.name, { features: body.features.slice(0, 1) })
    expect(await check(body.name, 'approved')).toMatchObject({ state: 'failed', acceptable: false })
    await expect(promote(body.name)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('asks for a second person from confidential up', async () => {
    const name = await approved()
    await classifyFeature(name, 'num_logins', 'confidential')
    const author = contextOf(['administrator'], team, {
      actor: { ...contextOf(['administrator'], team).actor, id: producer.actor.id },
    })
    expect(await check(name, 'second_person', 'prod', author)).toMatchObject({ state: 'failed' })
    expect(await registry.promotionOf(author, name, 2)).toMatchObject({ allowed: false })
    await expect(promote(name, {}, author)).rejects.toMatchObject({ code: 'forbidden' })
    const other = contextOf(['administrator'])
    expect(await check(name, 'second_person', 'prod', other)).toMatchObject({ state: 'passed' })
    await promote(name, {}, other)
    expect(await served(name)).toBe(2)
  })

  it('says who reads what is served now', async () => {
    const name = await approved()
    expect(await registry.promotionOf(producer, name, 2)).toMatchObject({
      serving: 1,
      allowed: true,
      impact: { version: 1 },
    })
    await promote(name)
    expect(await registry.promotionOf(producer, name, 2)).toMatchObject({ serving: 2, impact: null })
  })
})

describe('rollback', () => {
  const rollback = (name: string, ctx = producer) =>
    registry.rollbackPromotion(ctx, name, { reason: 'It doubled.' })

  it('brings back what was served before, step by step, and brings waiting rows online', async () => {
    const name = await approved()
    await promote(name)
    const third = await next(name, [{ name: 'pages', type: 'int64', description: 'Pages.' }])
    await registry.promoteVersion(producer, name, third, {})
    const { version } = await idOf(name, 1)
    await db().insert(commits).values(waitingCommit(version))
    expect(await rollback(name)).toMatchObject({ version: 2 })
    expect(await served(name)).toBe(2)
    expect(await rollback(name)).toMatchObject({ version: 1 })
    const queued = await db().execute(
      sql`select input from jobs where kind = 'materialize' and input->>'group' = ${name}`,
    )
    expect(queued).toMatchObject([{ input: { group: name, version: 1, environment: 'prod' } }])
    await expect(rollback(name)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('nothing to roll back to'),
    })
    const { history, environments } = await registry.promotionsOfGroup(producer, name)
    expect(history.map(({ kind, version: major }) => [kind, major])).toEqual([
      ['rolled_back', 1],
      ['rolled_back', 2],
      ['promoted', 3],
      ['promoted', 2],
      ['promoted', 1],
    ])
    expect(environments.at(-1)).toMatchObject({ serving: { version: 1 }, rollback_to: null })
  })

  it('goes a step further back each time, where a version was promoted twice, too', async () => {
    const name = await approved()
    await promote(name)
    await registry.promoteVersion(producer, name, 1, {})
    expect(await rollback(name)).toMatchObject({ version: 2 })
    expect(await rollback(name)).toMatchObject({ version: 1 })
    await expect(rollback(name)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses a version that no read would reach, and one of whom nobody approves alone', async () => {
    const name = await approved()
    await promote(name)
    await registry.archiveVersion(producer, name, 1, { reason: 'Old.' })
    await expect(rollback(name)).rejects.toMatchObject({ message: expect.stringContaining('archived') })
    await registry.restoreVersion(producer, name, 1, { reason: 'Needed.' })
    await expect(rollback(name, contextOf(['viewer']))).rejects.toMatchObject({ code: 'forbidden' })
    await classifyFeature(name, 'num_logins', 'confidential')
    await expect(rollback(name)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await served(name)).toBe(2)
  })

  it('from confidential up, is for who had no hand in one of the two versions', async () => {
    const other = contextOf(['producer', 'reviewer'], team)
    const writer = contextOf(['producer', 'reviewer'], team)
    const body = groupBody()
    await registry.registerFeatureGroup(writer, body)
    const { version } = await registry.addVersion(other, body.name, { features: body.features.slice(0, 1) })
    await registry.submitVersion(other, body.name, version, {})
    await registry.approveVersion(reviewer, body.name, version, {})
    await classifyFeature(body.name, 'num_logins', 'confidential')
    for (const ctx of [writer, other]) {
      await registry.promoteVersion(reviewer, body.name, version, {})
      expect(await rollback(body.name, ctx)).toMatchObject({ version: 1 })
    }
    await expect(promote(body.name, {}, other)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('asks for a reason', async () => {
    const name = await approved()
    await expect(registry.rollbackPromotion(producer, name, {})).rejects.toMatchObject({
      details: { errors: [{ pointer: '/reason' }] },
    })
  })
})

it('keeps the history of promotions from the running role', async () => {
  await approved()
  await expect(db().delete(promotions)).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/permission denied|append-only/) },
  })
})

const waitingCommit = (versionId: string) => {
  const at = new Date().toISOString()
  return {
    id: newId(),
    versionId,
    environment: 'prod',
    created: at,
    kind: 'ingest' as const,
    rows: 1,
    onlineState: 'offline_only' as const,
    actorKind: 'user',
    actorId: 'someone',
    actorName: 'Someone',
    via: 'api',
  }
}
