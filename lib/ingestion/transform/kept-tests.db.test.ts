import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db, inOneTransaction } from '@/db/client'
import { featureGroups, featureGroupVersions, type Transformation, versionChecks } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { approveVersion, promotionOf, registerSource, submitVersion } from '@/lib/registry'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { addCheckedVersion, registerCheckedGroup, submitTestedVersion, testVersion } from './checked-versions'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let author: Context
let reviewer: Context
let source: string
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  author = contextOf(['producer'], team)
  reviewer = contextOf(['reviewer'])
  source = mintName('orders')
  const folder = join(env().home, 'sources', source)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '1.csv'), 'customer_id,sold_at,amount\n1,2026-03-01T10:00:00,10\n')
  const config = { path: `${source}/*.csv`, format: 'csv' }
  await registerSource(author, { name: source, kind: 'file', config, owner_team: team.name })
})
afterAll(() => engine.stop())

const at = '2026-03-01T10:00:00Z'
const testOf = (spent: number) => ({
  name: 'an order is what it cost',
  inputs: { [source]: [{ customer_id: 1, sold_at: at, amount: 10 }] },
  expect: [{ customer_id: 1, sold_at: at, spent }],
})

const sql = () => `select customer_id, sold_at, amount::double as spent from ${source}`

/** A draft of a second version, whose one test expects `spent`. */
async function draft(spent: number): Promise<string> {
  const features = [{ name: 'spent', type: 'float64', description: 'Dollars.' }]
  const { name } = await registerCheckedGroup(author, {
    name: mintName('spending'),
    description: 'What customers spent.',
    entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
    primary_key: ['customer_id'],
    timestamp_key: 'sold_at',
    owner_team: team.name,
    transformation: { sql: sql(), inputs: [source] },
    features,
  })
  const transformation = { sql: `${sql()} where amount > 0`, inputs: [source], tests: [testOf(spent)] }
  await addCheckedVersion(author, name, { transformation, features })
  return name
}

/** As a road that nobody guards would: straight into the table. */
async function rewriteTests(group: string, spent: number) {
  const [row] = await db()
    .select({ id: featureGroupVersions.id, transformation: featureGroupVersions.transformation })
    .from(featureGroupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(and(eq(featureGroups.name, group), eq(featureGroupVersions.major, 2)))
  if (!row?.transformation) throw new Error('No transformation.')
  const transformation: Transformation = {
    ...row.transformation,
    tests: [{ ...testOf(spent), order: 'any' }],
  }
  await db().update(featureGroupVersions).set({ transformation }).where(eq(featureGroupVersions.id, row.id))
}

const testsOf = async (group: string) =>
  (await promotionOf(author, group, 2)).checks.find(({ name }) => name === 'transformation_tests')

it('a failing test blocks the submission, and is kept as failed', async () => {
  const group = await draft(11)
  expect(await testsOf(group)).toMatchObject({ state: 'failed', detail: expect.stringMatching(/not run/) })
  await expect(submitTestedVersion(author, group, 2, {})).rejects.toMatchObject({ code: 'invalid' })
  expect(await testsOf(group)).toMatchObject({ state: 'failed', detail: expect.stringMatching(/failed/) })
})

it('of a version that is undone nothing is kept', async () => {
  const kept = () => db().$count(versionChecks, eq(versionChecks.by, author.actor.id))
  const before = await kept()
  const rehearsal = inOneTransaction(async () => {
    await submitTestedVersion(author, await draft(10), 2, {})
    expect(await kept()).toBe(before + 1)
    throw new Error('only a plan')
  })
  await expect(rehearsal).rejects.toThrow('only a plan')
  expect(await kept()).toBe(before)
})

it('a submission by a road that runs no tests needs their kept result', async () => {
  const group = await draft(10)
  await expect(submitVersion(author, group, 2, {})).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/have not run/),
  })
  await testVersion(author, group, 2)
  expect(await submitVersion(author, group, 2, {})).toMatchObject({ state: 'in_review' })
})

it('an approval needs the tests to have passed on exactly the definition as it is', async () => {
  const group = await draft(10)
  await submitTestedVersion(author, group, 2, {})
  await rewriteTests(group, 12)
  const approve = () => approveVersion(reviewer, group, 2, {})
  await expect(approve()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/not run/),
  })
  expect(await testVersion(author, group, 2)).toMatchObject({ passed: false })
  await expect(approve()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/failed/),
  })
  await rewriteTests(group, 10)
  expect(await approve()).toMatchObject({ state: 'active' })
  expect(await testsOf(group)).toMatchObject({ state: 'passed' })
})
