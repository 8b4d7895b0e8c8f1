import { db, type Transaction, withTransaction } from '@/db/client'
import { featureGroups } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { Decision, ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalid } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { recordEdge } from '@/lib/edges'
import { announce } from './announce'
import { checkVersion, type VersionCheck } from './check-version'
import { isStricter } from './class-names'
import { missingOf, requireCustom } from './complete'
import { featureDefinition, secondsOf, secondsOrNull, type VersionDefinition } from './definition'
import { requireDomain } from './domain-of'
import { type EntityOfGroup, entityOfGroup } from './entity-of-group'
import { requireEnvironments } from './environments'
import { faultsAsErrors } from './faults'
import { groupResource } from './get-feature-group'
import { writeGroupDocuments } from './group-documents'
import { type Inherited, inheritedBy, isLooserThan } from './inherited'
import { type RegisterFeatureGroup, registerFeatureGroupInput } from './inputs'
import { insertVersion } from './insert-version'
import { ownerTeam, type Team } from './owner-team'
import { findGroup, type GroupRow } from './queries'
import { recordRevision } from './record-revision'
import { requireNames } from './require-names'
import type { GroupResource } from './resources'
import { classificationFaults, definitionFaults, needsReview, strictestOf } from './rules'
import { recordFeeds, sourceOfGroup } from './source-of-group'
import { nameTaken, onDuplicate } from './unique-name'

export interface RegisterOptions {
  /** Marks what belongs to the sample data. */
  sample?: boolean
  /** A further look at the version, in its transaction: what it throws undoes the registration. */
  check?: VersionCheck | undefined
}

const day = 86_400

async function definitionOf(
  tx: Transaction,
  input: RegisterFeatureGroup,
  keys: EntityOfGroup['keys'],
): Promise<VersionDefinition> {
  // The keys may have come from the entity: only now is it known that no feature is named like one.
  const faults = definitionFaults({ ...input, primary_key: keys.map((key) => key.name), keys })
  if (faults.length > 0) throw invalid(faults[0]?.message ?? '', faultsAsErrors(faults))
  return {
    keys,
    timestampKey: input.timestamp_key,
    ttlSeconds: secondsOrNull(input.ttl),
    sourceDelaySeconds: secondsOrNull(input.source_delay) ?? 0,
    allowedSkewSeconds: secondsOrNull(input.allowed_skew) ?? day,
    online: input.online ?? true,
    source: await sourceOfGroup(tx, input.source),
    inputs: input.inputs ?? [],
    transformation: input.transformation ?? null,
    features: input.features.map(featureDefinition),
  }
}

interface Registration {
  id: string
  input: RegisterFeatureGroup
  team: Team
  facts: ResourceFacts
  decision: Decision
  sample: boolean
  inherited: Inherited
  check: VersionCheck | undefined
}

async function insertGroup(tx: Transaction, ctx: Context, registration: Registration) {
  const { id, input, team, decision, sample, inherited } = registration
  const at = ctx.now().toISOString()
  await requireDomain(tx, ctx, { name: input.domain, team, decision, sample })
  await requireCustom(tx, input.custom)
  const found = await entityOfGroup(tx, ctx, input, team)
  const [group] = await tx
    .insert(featureGroups)
    .values({
      id,
      name: input.name,
      description: input.description,
      entityId: found.entity?.id ?? null,
      ownerTeamId: team.id,
      tags: input.tags,
      classification: input.classification,
      domain: input.domain ?? null,
      cadenceSeconds: input.cadence ? secondsOf(input.cadence) : null,
      purposes: input.purposes,
      lawfulBasis: input.lawful_basis ?? null,
      permittedUse: input.permitted_use ?? inherited.permittedUse,
      permittedUseNote: input.permitted_use_note ?? null,
      custom: input.custom,
      sample,
      note: input.note ?? null,
      createdBy: ctx.actor.id,
      createdAt: at,
      updatedAt: at,
    })
    .returning()
  if (!group) throw new Error('An insert returned no row.')
  const row: GroupRow = { group, team: team.name, entity: found.entity?.name ?? null }
  return { row, found }
}

const newNames = ({ input, team }: Registration, { entity }: EntityOfGroup) => [
  { kind: 'group' as const, name: input.name, team: team.name, pointer: '/name' },
  ...(entity?.isNew
    ? [{ kind: 'entity' as const, name: entity.name, team: team.name, pointer: '/entity/name' }]
    : []),
  ...input.features.map(({ name }, at) => ({
    kind: 'feature' as const,
    name,
    team: team.name,
    pointer: `/features/${at}/name`,
  })),
]

/** A second person decides, or mandatory fields are still empty: nothing serves yet. */
async function waits(tx: Transaction, { input, sample, inherited }: Registration, row: GroupRow) {
  if (needsReview(strictestOf({ group: input }, input.features), 'first')) return true
  if (isLooserThan(row.group, inherited)) return true
  const features = input.features.map(featureDefinition)
  return !sample && (await missingOf(tx, row, features)).length > 0
}

/** As strict as what it is made of, where the author states no class. */
function withClass(input: RegisterFeatureGroup, body: unknown, inherited: Inherited): RegisterFeatureGroup {
  const isStated = typeof body === 'object' && body !== null && 'classification' in body
  if (isStated || !isStricter(inherited.classification, input.classification)) return input
  const { classification } = inherited
  const faults = classificationFaults(input.features, classification)
  if (faults.length > 0) throw invalid(faults[0]?.message ?? '', faultsAsErrors(faults))
  return { ...input, classification }
}

async function register(tx: Transaction, ctx: Context, registration: Registration): Promise<GroupRow> {
  const { input, facts, decision } = registration
  await requireEnvironments(tx, input.environments)
  const { row, found } = await insertGroup(tx, ctx, registration)
  if (!registration.sample) await requireNames(tx, newNames(registration, found))
  const definition = await definitionOf(tx, input, found.keys)
  const state = (await waits(tx, registration, row)) ? 'draft' : 'active'
  const version = await insertVersion(tx, ctx, {
    groupId: row.group.id,
    major: 1,
    definition,
    state,
    environments: [...new Set(input.environments)],
  })
  if (state === 'active') await recordRevision(tx, ctx, row, version, {})
  await checkVersion(tx, registration.check, { group: input.name, version: 1 }, input.environments)
  const at = ctx.now()
  const self = { kind: 'group' as const, name: input.name }
  await recordFeeds(tx, input.name, definition, ctx.actor.id, at)
  if (row.entity) {
    const to = { kind: 'entity' as const, name: row.entity }
    await recordEdge(tx, { from: self, to, relation: 'describes', author: ctx.actor.id, at })
  }
  await writeGroupDocuments(tx, row, at)
  if (found.entity?.isNew) {
    const resource = { kind: 'entity' as const, name: found.entity.name }
    await record(tx, ctx, {
      action: 'group:create',
      resource,
      decision,
      after: { keys: found.keys },
      environment: null,
    })
  }
  await record(tx, ctx, {
    action: 'group:create',
    resource: facts,
    decision,
    after: { ...input, state },
    environment: null,
  })
  await announce(tx, self)
  return row
}

/**
 * Registers a feature group with version 1: active and promoted in the environments named, or a draft where the
 * policies ask for a second person; `state` and `review` of the answer say which.
 * Errors: `forbidden`; `invalid` with a pointer for each fault; `conflict` when the name is taken.
 */
export async function registerFeatureGroup(
  ctx: Context,
  body: unknown,
  options: RegisterOptions = {},
): Promise<GroupResource> {
  await authorizeAtAll(ctx, 'group:create')
  const parsed = parseInput(registerFeatureGroupInput, body)
  const inherited = await inheritedBy(db(), parsed.transformation)
  const input = withClass(parsed, body, inherited)
  const team = await ownerTeam(ctx, input.owner_team)
  const facts: ResourceFacts = {
    kind: 'group',
    id: newId(),
    name: input.name,
    teamId: team.id,
    team: team.name,
    classification: input.classification,
    tags: input.tags,
    authorId: ctx.actor.id,
  }
  const [decision, ...others] = await Promise.all(
    input.environments.map((environment) => authorize({ ...ctx, environment }, 'group:create', facts)),
  )
  if (!decision) throw new Error(`No decision among ${others.length}.`)
  if (await findGroup(input.name)) throw nameTaken('feature group', input.name)
  const registration = {
    id: facts.id,
    input,
    team,
    facts,
    decision,
    sample: options.sample ?? false,
    inherited,
    check: options.check,
  }
  const row = await onDuplicate(
    () => withTransaction((tx) => register(tx, ctx, registration)),
    () => nameTaken('feature group', input.name),
  )
  return groupResource(ctx, row)
}
