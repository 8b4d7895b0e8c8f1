import { and, eq, gte, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '@/db/client'
import { trainingDatasetVersions, usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { readSetting } from '@/lib/settings'
import { isStricter } from '../class-names'
import { storedDefinition, type VersionRow } from '../definition'
import { diffDefinitions, isCompatible } from '../diff'
import { featuresOf, type GroupRow, versionsOf } from '../queries'
import { strictestOf } from '../rules'
import { servicesNaming } from '../services-naming'
import type { ReviewRow } from './record'
import { reviewSetting } from './settings'

const windowDays = 30
const dayMs = 86_400_000

/** What a review of the change asks for. */
export interface Assessment {
  risk: 'low' | 'medium' | 'high'
  riskReasons: string[]
  approvalsNeeded: number
  approversFrom: ReviewRow['approversFrom']
  decideWithinHours: number
}

/** The version that a new one follows: the newest before it that was ever approved. */
export const followedBy = (versions: VersionRow[], major: number): VersionRow | undefined =>
  versions.find((one) => one.major < major && one.activatedAt !== null && one.state !== 'archived')

/** As the review's row names it: its last revision that changed the definition, not what is said of the group. */
export const baseOf = (followed: VersionRow | undefined): string | null =>
  followed ? `${followed.major}.${followed.definitionRevision}` : null

/** Whether anybody stands on a version: said without names, since not everybody may know of all of them. */
async function usesOf(executor: Executor, now: Date, row: GroupRow, version: VersionRow) {
  const group = row.group.name
  const since = new Date(now.getTime() - windowDays * dayMs).toISOString()
  const read = await executor
    .select({ one: sql`1` })
    .from(usageMinutes)
    .where(
      and(
        eq(usageMinutes.groupName, group),
        eq(usageMinutes.version, version.major),
        gte(usageMinutes.minute, since),
      ),
    )
    .limit(1)
  const services = await servicesNaming(executor, { groupId: row.group.id, version: version.major })
  const pattern = JSON.stringify([{ group, version: version.major }])
  const built = await executor
    .select({ one: sql`1` })
    .from(trainingDatasetVersions)
    .where(sql`${trainingDatasetVersions.parts} @> ${pattern}::jsonb`)
    .limit(1)
  const named = `Version ${version.major}`
  return [
    ...(read.length > 0 ? [`${named} was read in the last ${windowDays} days.`] : []),
    ...(services.some(({ isArchived }) => !isArchived)
      ? [`Services select from version ${version.major}.`]
      : []),
    ...(built.length > 0 ? [`Training datasets were built from version ${version.major}.`] : []),
  ]
}

function levelOf(facts: {
  breaking: boolean
  used: boolean
  loosened: boolean
  strict: boolean
  restricted: boolean
}) {
  const { breaking, used, loosened, strict, restricted } = facts
  if ((breaking && used) || (loosened && strict) || (restricted && (breaking || used))) return 'high'
  return breaking || used || strict ? 'medium' : 'low'
}

/** How risky a change is, why, and what the organisation asks for at that risk. */
export async function assess(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
): Promise<Assessment> {
  const rows = await featuresOf(version.id, tx)
  const followed = followedBy(await versionsOf(version.groupId, tx), version.major)
  const before = followed ? await featuresOf(followed.id, tx) : []
  const changes = followed
    ? diffDefinitions(storedDefinition(followed, before), storedDefinition(version, rows))
    : []
  const class_ = strictestOf(row, followed ? [...before, ...rows] : rows)
  const uses = followed ? await usesOf(tx, ctx.now(), row, followed) : []
  const breaking = !isCompatible(changes)
  const loosened = changes.some((one) => one.field.endsWith('.classification') && one.class === 'breaking')
  const strict = isStricter(class_, 'internal')
  const restricted = class_ === 'restricted'
  const risk = levelOf({ breaking, used: uses.length > 0, loosened, strict, restricted })
  const policy = await readSetting(tx, reviewSetting)
  const asked = risk === 'high' && restricted ? policy.high_restricted : policy[risk]
  return {
    risk,
    riskReasons: [
      ...(breaking && followed ? [`It breaks what version ${followed.major} promises.`] : []),
      ...(loosened ? ['A feature becomes less classified.'] : []),
      ...uses,
      ...(strict ? [`It is ${class_}.`] : []),
    ],
    approvalsNeeded: asked.approvals,
    approversFrom: asked.from,
    decideWithinHours: asked.decide_within_hours,
  }
}
