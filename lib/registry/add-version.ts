import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { entities } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalid } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { touchGroup, versionName } from './act-on-version'
import { authorizeIn, placesOfBase } from './authorize-in'
import { checkVersion, type VersionCheck } from './check-version'
import { missingOf, requireNoLess } from './complete'
import {
  featureDefinition,
  secondsOrNull,
  storedDefinition,
  type VersionDefinition,
  type VersionRow,
} from './definition'
import { type Change, diffDefinitions, isCompatible } from './diff'
import { keysInOrder } from './entity-of-group'
import { requireEnvironments } from './environments'
import { faultsAsErrors } from './faults'
import { versionResource } from './get-feature-group'
import { catalogVersion } from './group-documents'
import { requireMatch } from './if-match'
import { isLoosened } from './inherited'
import { type AddVersion, addVersionInput } from './inputs'
import { insertVersion } from './insert-version'
import {
  describedGroup,
  environmentsOf,
  featuresOf,
  type GroupRow,
  groupFacts,
  lockGroup,
  versionsOf,
} from './queries'
import { recordRevision } from './record-revision'
import { replaceDraft } from './replace-draft'
import { requireNames } from './require-names'
import type { AddedVersionResource } from './resources'
import { restoreTexts, textChanges } from './restore-texts'
import { classificationFaults, definitionFaults, needsReview, strictestOf } from './rules'
import { recordFeeds, sourceOfGroup } from './source-of-group'
import type { Stated } from './stated'
import { applyRevision } from './version-writes'

async function keysOf(tx: Transaction, row: GroupRow, base: VersionDefinition, input: AddVersion) {
  if (input.primary_key === undefined || row.group.entityId === null) return base.keys
  const [entity] = await tx.select().from(entities).where(eq(entities.id, row.group.entityId))
  return entity ? keysInOrder(entity, input.primary_key) : base.keys
}

/** Names that are there stay valid. */
const newFeatures = (row: GroupRow, base: VersionDefinition, input: AddVersion) =>
  input.features.flatMap(({ name }, at) =>
    base.features.some((feature) => feature.name === name)
      ? []
      : [{ kind: 'feature' as const, name, team: row.team, pointer: `/features/${at}/name` }],
  )

/** The complete definition that the input means: what it leaves out stays as the base has it. */
export async function nextDefinition(
  tx: Transaction,
  row: GroupRow,
  base: VersionDefinition,
  input: AddVersion,
): Promise<VersionDefinition> {
  const keys = await keysOf(tx, row, base, input)
  const next: VersionDefinition = {
    keys,
    timestampKey: input.timestamp_key ?? base.timestampKey,
    ttlSeconds: input.ttl === undefined ? base.ttlSeconds : secondsOrNull(input.ttl),
    sourceDelaySeconds: secondsOrNull(input.source_delay) ?? base.sourceDelaySeconds,
    allowedSkewSeconds: secondsOrNull(input.allowed_skew) ?? base.allowedSkewSeconds,
    online: input.online ?? base.online,
    source: input.source === undefined ? base.source : await sourceOfGroup(tx, input.source),
    inputs: input.inputs ?? base.inputs,
    transformation: input.transformation === undefined ? base.transformation : input.transformation,
    features: input.features.map(featureDefinition),
  }
  const columns = {
    primary_key: keys.map((key) => key.name),
    keys,
    timestamp_key: next.timestampKey,
    features: input.features,
    inputs: next.inputs,
  }
  const faults = [
    ...definitionFaults(columns),
    ...classificationFaults(input.features, row.group.classification),
  ]
  if (faults.length > 0) throw invalid(faults[0]?.message ?? '', faultsAsErrors(faults))
  await requireNames(tx, newFeatures(row, base, input))
  return next
}

interface Situation {
  row: GroupRow
  /** What the new definition is compared with: the version served, else the draft. */
  base: VersionRow
  /** A draft that the new definition takes the place of. */
  draft: VersionRow | undefined
  greatestMajor: number
  environments: string[]
  /** Where the group stands at all. */
  everywhere: string[]
  /** Where the draft stands that gives way. */
  ofDraft: string[]
}

export async function situationOf(tx: Transaction, row: GroupRow): Promise<Situation> {
  const versions = await versionsOf(row.group.id, tx)
  const waiting = versions.find((version) => version.state === 'in_review')
  if (waiting) {
    throw new DomainError(
      'conflict',
      `${versionName(row, waiting)} is in review. Once it is decided, the next change can follow.`,
    )
  }
  const served = await environmentsOf(
    versions.map((version) => version.id),
    tx,
  )
  const base = catalogVersion(versions, served)
  // What was rejected in review may be written anew, even where nothing else stands.
  if (!base || (base.state === 'archived' && base.rejectedAt === null)) {
    throw new DomainError('conflict', `${row.group.name} is archived: nothing can follow on it.`)
  }
  const draft = versions.find((version) => version.state === 'draft')
  const placesOf = (id: string | undefined) =>
    served.filter((one) => one.versionId === id).map((one) => one.environment)
  return {
    row,
    base,
    draft,
    greatestMajor: versions[0]?.major ?? 0,
    environments: placesOf(base.id),
    everywhere: served.map((one) => one.environment),
    ofDraft: placesOf(draft?.id),
  }
}

/**
 * A revision takes force wherever the version stands, whatever environment was asked in; texts that come back with it,
 * wherever the group stands. Errors: `forbidden`.
 */
export const requireRevising = (
  ctx: Context,
  { row, environments, everywhere }: Situation,
  withTexts: boolean,
): Promise<Decision> =>
  authorizeIn(ctx, 'group:update', groupFacts(row), withTexts ? everywhere : environments)

/** A draft stands where it is put, and another one may give way to it. Errors: `forbidden`. */
export const requireDrafting = (
  ctx: Context,
  { row, ofDraft }: Situation,
  environments: readonly string[],
): Promise<Decision> => authorizeIn(ctx, 'group:update', groupFacts(row), [...environments, ...ofDraft])

interface Outcome {
  version: VersionRow
  changes: Change[]
  compatible: boolean
  environments: string[]
}

/** The revision whose definition is brought back, and what was said of the group then. */
interface Restoring {
  from: string
  stated: Stated
}

async function revise(
  tx: Transaction,
  ctx: Context,
  { row, base, next }: { row: GroupRow; base: VersionRow; next: VersionDefinition },
  { reason, restoring }: { reason: string | undefined; restoring: Restoring | undefined },
): Promise<VersionRow> {
  const said = restoring ? await restoreTexts(tx, row, restoring.stated) : row
  const features = await featuresOf(base.id, tx)
  await requireNoLess(tx, { row, features }, { row: said, features: next.features })
  const version = await applyRevision(tx, base, next)
  await recordRevision(tx, ctx, said, version, { reason, restoredFrom: restoring?.from })
  return version
}

async function change(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  input: AddVersion,
  restoring: Restoring | undefined,
): Promise<Outcome> {
  const situation = await situationOf(tx, row)
  const { base, draft, greatestMajor } = situation
  const old = storedDefinition(base, await featuresOf(base.id, tx))
  const next = await nextDefinition(tx, row, old, input)
  const changes = diffDefinitions(old, next)
  const texts = restoring ? textChanges(row, restoring.stated) : []
  if (changes.length === 0 && texts.length === 0 && base.rejectedAt === null)
    throw invalid(`Nothing differs from ${versionName(row, base)}.`)
  const environments = [...new Set(input.environments ?? situation.environments)]
  await requireEnvironments(tx, environments)
  await recordFeeds(tx, row.group.name, next, ctx.actor.id, ctx.now())
  const compatible = isCompatible(changes)
  const class_ = strictestOf(row, [...old.features, ...next.features])
  const stands = base.state !== 'draft' && base.rejectedAt === null
  const loosened = await isLoosened(tx, row.group, old, next)
  // Texts alone are nobody's to review.
  if (stands && compatible && (changes.length === 0 || !(loosened || needsReview(class_, 'compatible')))) {
    await requireRevising(ctx, situation, texts.length > 0)
    const version = await revise(tx, ctx, { row, base, next }, { reason: input.reason, restoring })
    return { version, changes: [...changes, ...texts], compatible, environments }
  }
  const making = { reason: input.reason, restoredFrom: restoring?.from }
  const decision = await requireDrafting(ctx, situation, environments)
  await replaceDraft(tx, ctx, situation, decision)
  const major = draft ? draft.major : greatestMajor + 1
  const isFirst = draft !== undefined && draft.id === base.id && !loosened && !needsReview(class_, 'first')
  const first = isFirst && (await missingOf(tx, row, next.features)).length === 0
  const version = await insertVersion(tx, ctx, {
    groupId: row.group.id,
    major,
    definition: next,
    state: first ? 'active' : 'draft',
    environments,
    ...making,
  })
  if (first) await recordRevision(tx, ctx, row, version, making)
  return { version, changes, compatible, environments }
}

/**
 * Changes the schema of a group. A compatible change becomes a revision of the version that is served; any other,
 * and every change from `confidential` up, a draft that waits for a second person.
 * Errors: `forbidden`, `not_found`, `invalid` (also when nothing differs), `conflict` while another version is in review,
 * `precondition_failed` when it was based on what is no longer there.
 */
export async function addVersion(
  ctx: Context,
  name: string,
  body: unknown,
  check?: VersionCheck,
  restoring?: Restoring,
): Promise<AddedVersionResource> {
  await authorizeAtAll(ctx, 'group:update')
  const input = parseInput(addVersionInput, body)
  const described = await describedGroup(ctx, name)
  const places = input.environments ?? (await placesOfBase(described.group.id))
  const decision = await authorizeIn(ctx, 'group:update', groupFacts(described), places)
  const { row, outcome } = await withTransaction(async (tx) => {
    const locked = await lockGroup(tx, name)
    if (input.based_on !== undefined) requireMatch(input.based_on, locked.group.revision)
    const outcome = await change(tx, ctx, locked, input, restoring)
    const { version: changed, environments } = outcome
    await checkVersion(tx, check, { group: name, version: changed.major }, environments)
    const row = await touchGroup(tx, ctx, name)
    await record(tx, ctx, {
      action: 'group:update',
      resource: { kind: 'group', name: versionName(row, outcome.version) },
      decision,
      after: { version: outcome.version.major, revision: outcome.version.revision, changes: outcome.changes },
      environment: null,
      ...(input.reason === undefined ? {} : { reason: input.reason }),
    })
    return { row, outcome }
  })
  return {
    ...(await versionResource(ctx, row, outcome.version)),
    change: outcome.compatible ? 'compatible' : 'breaking',
    changes: outcome.changes,
  }
}
