import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { db, type Executor, outsideTransaction } from '@/db/client'
import { featureGroupVersions as groupVersions, versionChecks } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import type { VersionRow } from './definition'
import { requireVersion } from './get-feature-group'
import { isoInstant } from './instants'
import { loadServingVersion } from './load-version'
import { describedGroup, environmentsOf, type GroupRow } from './queries'
import type { ServingVersion } from './types'

const kind = 'transformation_tests'

/** What a transformation's tests depend on: another definition has another result. */
function testedHash({ keys, timestampKey, features, inputs, transformation }: ServingVersion): string {
  const column = ({ name, typeText }: { name: string; typeText: string }) => [name, typeText]
  const tested = [
    keys.map(column),
    timestampKey,
    features.map((feature) => [...column(feature), feature.expression]),
    inputs.map(column),
    transformation,
  ]
  return createHash('sha256').update(JSON.stringify(tested)).digest('hex')
}

const ownRow = (version: ServingVersion) =>
  and(
    eq(versionChecks.versionId, version.versionId),
    eq(versionChecks.kind, kind),
    eq(versionChecks.definitionHash, testedHash(version)),
  )

/** Keeps what the tests of a transformation said, for exactly this definition; also when the act itself is undone. */
export async function keepTests(
  ctx: Context,
  version: ServingVersion,
  outcomes: { passed: boolean }[],
): Promise<void> {
  if (outcomes.length === 0) return
  const result = {
    passed: outcomes.every(({ passed }) => passed),
    outcomes,
    by: ctx.actor.id,
    at: ctx.now().toISOString(),
  }
  const { versionId } = version
  const keep = () =>
    db()
      .insert(versionChecks)
      .values({ versionId, kind, definitionHash: testedHash(version), ...result })
      .onConflictDoUpdate({
        target: [versionChecks.versionId, versionChecks.kind, versionChecks.definitionHash],
        set: result,
      })
  const isStored = await outsideTransaction(async () => {
    const stored = (await db().$count(groupVersions, eq(groupVersions.id, versionId))) > 0
    if (stored) await keep()
    return stored
  })
  // Of a version that the transaction itself made nothing stays that it does not leave.
  if (!isStored) await keep()
}

/** What is known of the tests of a version's transformation as it now stands. */
export interface TestState {
  state: 'passed' | 'failed' | 'not_run' | 'none'
  at: string | null
  by: string | null
}

async function servingOf(executor: Executor, row: GroupRow, version: VersionRow) {
  const [place] = await environmentsOf([version.id], executor)
  const reference = { group: row.group.name, version: version.major }
  return place ? loadServingVersion(reference, place.environment, executor) : null
}

export async function testState(executor: Executor, row: GroupRow, version: VersionRow): Promise<TestState> {
  if (!version.transformation?.tests?.length) return { state: 'none', at: null, by: null }
  const serving = await servingOf(executor, row, version)
  const [kept] = serving ? await executor.select().from(versionChecks).where(ownRow(serving)) : []
  if (!kept) return { state: 'not_run', at: null, by: null }
  return { state: kept.passed ? 'passed' : 'failed', at: kept.at, by: kept.by }
}

/** The same for whoever may know of the group. Errors: `not_found`. */
export async function testsOfVersion(ctx: Context, group: string, major: number) {
  const row = await describedGroup(ctx, group)
  const { state, at } = await testState(db(), row, await requireVersion(row, major))
  return { state, at: at && isoInstant(at) }
}

/** 409 unless the tests of the version's transformation have passed on the definition as it is. */
export async function requireTested(executor: Executor, row: GroupRow, version: VersionRow): Promise<void> {
  const { state } = await testState(executor, row, version)
  if (state === 'none' || state === 'passed') return
  const name = `${row.group.name}@${version.major}`
  throw new DomainError(
    'conflict',
    state === 'failed'
      ? `The tests of ${name}’s transformation failed on the definition as it is: mend it, or them, first.`
      : `The tests of ${name}’s transformation have not run on the definition as it is: run them first.`,
  )
}
