import { eq } from 'drizzle-orm'
import { db, type Executor, type Transaction, withTransaction } from '@/db/client'
import { featureGroups } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Action, Decision, ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { announce } from './announce'
import { authorizeIn, placesOfVersion } from './authorize-in'
import type { VersionRow } from './definition'
import { requireVersion, versionResource } from './get-feature-group'
import { writeGroupDocuments } from './group-documents'
import { describedGroup, featuresOf, findVersion, type GroupRow, groupFacts, lockGroup } from './queries'
import type { VersionResource } from './resources'
import { authorFor } from './review/four-eyes'
import { strictestOf } from './rules'
import { rewriteServicesOf } from './service-document'

/** The facts of one version, as strict as its strictest feature: four eyes look at its author. */
const versionFacts = async (
  row: GroupRow,
  version: VersionRow,
  executor: Executor,
): Promise<ResourceFacts> => ({
  ...groupFacts(row),
  classification: strictestOf(row, await featuresOf(version.id, executor)),
  lifecycle: version.state,
  authorId: version.createdBy,
})

/** A second person does these: nobody who had a hand in the version, as themselves or as one of their keys. */
const secondPersonActs: ReadonlySet<Action> = new Set([
  'version:approve',
  'version:promote',
  'version:deprecate',
])

interface Judged {
  executor?: Executor
  /** The version that gives way: no hand in one of the two is enough to be the second person. */
  insteadOf?: VersionRow | undefined
}

/** What an act on a version is judged by, for this caller. */
export async function factsFor(
  ctx: Context,
  action: Action,
  row: GroupRow,
  version: VersionRow,
  { executor = db(), insteadOf }: Judged = {},
): Promise<ResourceFacts> {
  const known = await versionFacts(row, version, executor)
  if (!secondPersonActs.has(action)) return known
  const authorId = await authorFor(ctx, version, executor)
  const hadHand = authorId === ctx.actor.id
  return { ...known, authorId: hadHand && insteadOf ? await authorFor(ctx, insteadOf, executor) : authorId }
}

interface Reach extends Judged {
  /** Where the act takes effect; left out: wherever the version stands. */
  environments?: readonly string[] | undefined
}

/**
 * Allows an act on a version, in every environment that it reaches. Who may know of the group is refused by its own
 * class, not told of a stricter one.
 */
export async function authorizeOnVersion(
  ctx: Context,
  action: Action,
  row: GroupRow,
  version: VersionRow,
  { executor = db(), environments, insteadOf }: Reach = {},
): Promise<Decision> {
  const facts = await factsFor(ctx, action, row, version, { executor, insteadOf })
  const places = environments ?? (await placesOfVersion(version.id, executor))
  await authorizeIn(ctx, action, { ...facts, classification: row.group.classification }, places)
  return authorizeIn(ctx, action, facts, places)
}

export const versionName = (row: GroupRow, version: VersionRow) => `${row.group.name}@${version.major}`

/** Raises the group's revision (its ETag), writes its catalogue lines anew and tells the processes that cache it. */
export async function touchGroup(tx: Transaction, ctx: Context, name: string): Promise<GroupRow> {
  const at = ctx.now()
  const { group } = await lockGroup(tx, name)
  await tx
    .update(featureGroups)
    .set({ revision: group.revision + 1, updatedAt: at.toISOString() })
    .where(eq(featureGroups.id, group.id))
  const row = await lockGroup(tx, name)
  await writeGroupDocuments(tx, row, at)
  await rewriteServicesOf(tx, row.group.id, at)
  await announce(tx, { kind: 'group', name })
  return row
}

/** 409 that says in which state the version is, and in which it would have to be. */
export function requireState(
  row: GroupRow,
  version: VersionRow,
  act: string,
  allowed: VersionRow['state'][],
) {
  if (allowed.includes(version.state)) return
  const now = version.state.replace('_', ' ')
  const wanted = allowed.map((state) => state.replace('_', ' ')).join(' or ')
  throw new DomainError(
    'conflict',
    `${versionName(row, version)} is ${now}; only what is ${wanted} can be ${act}.`,
  )
}

interface Act {
  action: Action
  group: string
  major: number
  reason?: string
  environment?: string | null
  insteadOf?: VersionRow
  /** What else the audit log keeps, which is told to nobody without it. */
  said?: Record<string, unknown>
  /** The change itself, under the group's lock. Answers the version that stands afterwards. */
  apply: (tx: Transaction, row: GroupRow, version: VersionRow) => Promise<VersionRow>
}

async function loadFresh(tx: Transaction, row: GroupRow, major: number): Promise<VersionRow> {
  const version = await findVersion(row.group.id, major, tx)
  if (!version) throw new DomainError('conflict', `${row.group.name}@${major} is gone.`)
  return version
}

/** What the audit log keeps of a version's state. */
const stateOf = ({ state, major, revision, replacement, sunsetAt }: VersionRow) => ({
  version: major,
  revision,
  state,
  replacement,
  sunset_at: sunsetAt,
})

/** What every act on a version has in common: rights, lock, change, catalogue, audit row, answer. */
export async function actOnVersion(ctx: Context, act: Act): Promise<VersionResource> {
  const row = await describedGroup(ctx, act.group)
  const version = await requireVersion(row, act.major)
  const environments = act.environment ? [act.environment] : undefined
  const reach = { environments, insteadOf: act.insteadOf }
  await authorizeOnVersion(ctx, act.action, row, version, reach)
  const changed = await withTransaction(async (tx) => {
    const locked = await lockGroup(tx, act.group)
    const before = await loadFresh(tx, locked, act.major)
    // Again under the lock: its class, its places and whose hands are in it may have changed in between.
    const decision = await authorizeOnVersion(ctx, act.action, locked, before, { executor: tx, ...reach })
    const after = await act.apply(tx, locked, before)
    const touched = await touchGroup(tx, ctx, act.group)
    await record(tx, ctx, {
      action: act.action,
      resource: { kind: 'group', name: versionName(locked, before) },
      decision,
      before: stateOf(before),
      after: { ...stateOf(after), by: ctx.actor.id, ...act.said },
      environment: act.environment ?? null,
      ...(act.reason === undefined ? {} : { reason: act.reason }),
    })
    return { row: touched, version: after }
  })
  return versionResource(ctx, changed.row, changed.version)
}

/** The coarse gate of an act, before its body is looked at. */
export const authorizeAct = (ctx: Context, action: Action) => authorizeAtAll(ctx, action)
