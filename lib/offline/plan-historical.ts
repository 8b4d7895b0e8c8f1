import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { formatFeatureType } from '@/lib/core/feature-type'
import { namePattern } from '@/lib/core/names'
import { purposeSchema } from '@/lib/core/text'
import {
  type FeatureSelection,
  type ResolvedFeatures,
  resolveFeatures,
  type ServingFeature,
} from '@/lib/registry'
import { joinKeysInput, keyColumns, type Role, rolesOf, unaliased } from './join-keys'
import { type AllowedRead, allowRead, type ReadAction } from './may-read'
import type { Column, JoinRequest } from './port'

export const historicalSelection = {
  timestamp_column: z.string().min(1).max(200).default('event_timestamp'),
  features: z.array(z.string().max(300)).min(1).max(5000).optional(),
  feature_service: z.string().max(200).optional(),
  service_version: z.int().min(1).optional(),
  full_feature_names: z.boolean().default(false),
  known_at: z
    .string()
    .max(100)
    .optional()
    .describe('RFC 3339, or `event`: what was known at each row’s own time.'),
  join_keys: joinKeysInput.default({}),
  environment: z.string().regex(namePattern, 'is not the name of an environment').optional(),
  purpose: purposeSchema.optional(),
}

const selection = z.strictObject(historicalSelection)
export type HistoricalSelection = z.output<typeof selection>

/** One group in one role, and what is asked of it. */
export interface PlannedGroup {
  alias: string
  read: AllowedRead
  keys: Record<string, string>
}

/** A historical read whose names, rights and types are checked; nothing is read yet. */
export interface HistoricalPlan {
  groups: PlannedGroup[]
  outputs: JoinRequest['outputs']
  /** Spine columns that serve as keys. */
  spineKeys: Column[]
  service: ResolvedFeatures['service']
}

interface Placed extends FeatureSelection {
  role: Role | null
}

async function resolve(
  ctx: Context,
  input: HistoricalSelection,
): Promise<{ placed: Placed[]; service: ResolvedFeatures['service'] }> {
  const roles = rolesOf(input.join_keys)
  const { features, feature_service: featureService, service_version: serviceVersion } = input
  if (featureService !== undefined || !features) {
    const { selections, service } = await resolveFeatures(ctx, { features, featureService, serviceVersion })
    const placed = selections.map((one) => ({ ...one, role: roles.get(one.version.groupName) ?? null }))
    return { placed, service }
  }
  const asked = features.map((reference) => unaliased(reference, roles))
  const { selections } = await resolveFeatures(ctx, { features: asked.map(({ reference }) => reference) })
  const placed = selections.map((one, index) => ({
    ...one,
    role: asked[index]?.role ?? roles.get(one.version.groupName) ?? null,
  }))
  return { placed, service: null }
}

interface Gathered {
  alias: string
  role: Role | null
  version: FeatureSelection['version']
  features: ServingFeature[]
}

function gather(placed: Placed[]): { groups: Gathered[]; groupOf: number[] } {
  const groups = new Map<string, Gathered & { index: number }>()
  const groupOf = placed.map(({ version, feature, role }) => {
    const alias = role?.alias ?? version.groupName
    const key = `${alias} ${version.versionId}`
    const group = groups.get(key) ?? { alias, role, version, features: [], index: groups.size }
    groups.set(key, group)
    group.features.push(feature)
    return group.index
  })
  return { groups: [...groups.values()], groupOf }
}

/** Two groups may share a spine column only when they type it alike. */
function spineKeysOf(groups: PlannedGroup[]): Column[] {
  const columns = new Map<string, Column>()
  for (const { read, keys, alias } of groups) {
    for (const { name, type } of read.version.keys) {
      const column = keys[name] ?? name
      const present = columns.get(column)
      if (present && formatFeatureType(present.type) !== formatFeatureType(type)) {
        const types = `${formatFeatureType(present.type)} and ${formatFeatureType(type)}`
        throw invalidField(
          `/join_keys/${alias}`,
          `Spine column \`${column}\` would be both ${types}; map one of the keys to another column.`,
          'key_type',
        )
      }
      columns.set(column, { name: column, type })
    }
  }
  return [...columns.values()]
}

function requireUsedRoles(input: HistoricalSelection, groups: PlannedGroup[]): void {
  for (const alias of Object.keys(input.join_keys)) {
    if (!groups.some((group) => group.alias === alias)) {
      throw invalidField(`/join_keys/${alias}`, `No requested feature is of \`${alias}\`.`, 'unused_role')
    }
  }
}

/** Resolves and allows a read. Errors: not_found naming what is unknown, forbidden, gone, conflict, invalid. */
export async function planHistorical(
  ctx: Context,
  input: HistoricalSelection,
  action: ReadAction = 'group:read_offline',
): Promise<HistoricalPlan> {
  const { placed, service } = await resolve(ctx, input)
  const gathered = gather(placed)
  const groups: PlannedGroup[] = []
  for (const { alias, role, version, features } of gathered.groups) {
    const keys = keyColumns(version.keys, role?.keys ?? {}, alias)
    groups.push({ alias, keys, read: await allowRead(ctx, version, features, action) })
  }
  requireUsedRoles(input, groups)
  const fullNames = input.full_feature_names || (service?.fullFeatureNames ?? false)
  const outputs = placed.map(({ feature }, index) => {
    const group = gathered.groupOf[index] ?? 0
    const alias = groups[group]?.alias ?? ''
    return { group, feature: feature.name, as: fullNames ? `${alias}__${feature.name}` : feature.name }
  })
  requireDistinct(outputs.map(({ as }) => as))
  return { groups, outputs, spineKeys: spineKeysOf(groups), service }
}

function requireDistinct(names: string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  const reason = `Two requested features are named \`${twice}\`; ask with full_feature_names.`
  throw new DomainError('invalid', reason, {
    errors: [{ pointer: '/features', reason, code: 'name_clash', column: twice }],
  })
}
