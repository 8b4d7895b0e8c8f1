import type { ResourceFacts } from '@/lib/authz'
import { classifications } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import type { FeatureType } from '@/lib/core/feature-type'
import {
  type FeatureSelection,
  type FeaturesInput,
  type ResolvedFeatures,
  readFacts,
  resolveFeatures,
  type ServingVersion,
} from '@/lib/registry'
import { type ReadTarget, serviceTarget } from '@/lib/usage'
import { type OnlinePending, onlinePending } from './watermark'

export interface PlanKey {
  name: string
  type: FeatureType
}

/** Groups with the same key columns share the look-up of their keys. */
export interface KeySet {
  keys: PlanKey[]
}

/** One group version in the environment: what is cut out of its row, and where it goes. */
export interface PlanView {
  viewId: number
  /** Index into `keySets`. */
  keySet: number
  ttlSeconds: number | null
  /** Place of the fragment in the row → column of the answer. */
  cuts: { position: number; column: number; type: FeatureType }[]
}

/** Everything about a read that does not depend on the keys; made once for a service or a list of features. */
export interface ServingPlan {
  columns: { name: string; type: FeatureType }[]
  namesJson: string
  keySets: KeySet[]
  /** All key columns, in the order in which the groups first name them. */
  keys: PlanKey[]
  views: PlanView[]
  viewIds: number[]
  /** `viewIds` as PostgreSQL writes an array. */
  viewIdsText: string
  /** View id → its index in `views`. */
  places: Map<number, number>
  hasTtl: boolean
  versions: ServingVersion[]
  resources: ResourceFacts[]
  /** What the reader must be allowed to know of: each class of each group, and the service. */
  named: ResourceFacts[]
  service: ResolvedFeatures['service']
  /** The members of `meta` that name the service; '' without one. */
  serviceJson: string
  /** Some version is deprecated: its answers say so. */
  deprecated: boolean
  targets: readonly ReadTarget[]
  /** The online half of a large commit is still on its way. */
  pending: OnlinePending | null
  /** Some value is confidential or stricter: each read of it is an audit row. */
  audited: boolean
}

function refuseUnserved(version: ServingVersion): void {
  const name = `${version.groupName}@${version.major}`
  if (version.state === 'draft' || version.state === 'in_review') {
    throw new DomainError('conflict', `${name} is not served yet: it is ${version.state.replace('_', ' ')}.`)
  }
  if (!version.online)
    throw invalidField(
      '/features',
      `${name} has no online store; read it by /historical-features.`,
      'not_online',
    )
}

/** Output names; the same feature name from two groups is refused unless full names are asked. */
function outputNames(selections: FeatureSelection[], fullNames: boolean): string[] {
  const seen = new Map<string, string>()
  return selections.map(({ version, feature, reference }) => {
    const name = fullNames ? `${version.groupName}__${feature.name}` : feature.name
    const before = seen.get(name)
    if (before !== undefined) {
      const reason = fullNames
        ? 'is named twice'
        : `gives \`${name}\`, as ${before} does; ask for full_feature_names`
      throw invalidField('/features', `${reference} ${reason}`, 'name_clash')
    }
    seen.set(name, reference)
    return name
  })
}

const keySignature = (version: ServingVersion) =>
  version.keys.map(({ name, typeText }) => `${name} ${typeText}`).join(',')

function viewsOf(selections: FeatureSelection[]) {
  const keySets = new Map<string, { index: number; keys: PlanKey[] }>()
  const views = new Map<number, PlanView & { version: ServingVersion; selections: FeatureSelection[] }>()
  selections.forEach((selection, column) => {
    const { version, feature } = selection
    const signature = keySignature(version)
    const keySet = keySets.get(signature) ?? { index: keySets.size, keys: version.keys }
    keySets.set(signature, keySet)
    const { viewId, ttlSeconds } = version
    const view = views.get(viewId) ?? {
      viewId,
      keySet: keySet.index,
      ttlSeconds,
      cuts: [],
      version,
      selections: [],
    }
    views.set(viewId, view)
    view.cuts.push({ position: feature.position, column, type: feature.type })
    view.selections.push(selection)
  })
  return { keySets: [...keySets.values()].map(({ keys }) => ({ keys })), views: [...views.values()] }
}

function allKeys(keySets: KeySet[]): PlanKey[] {
  const named = new Map<string, PlanKey>()
  for (const { keys } of keySets) for (const key of keys) if (!named.has(key.name)) named.set(key.name, key)
  return [...named.values()]
}

function namedBy({ selections, service }: ResolvedFeatures): ResourceFacts[] {
  const named = new Map<string, ResourceFacts>()
  for (const { version, feature } of selections) {
    const facts = readFacts(version, [feature])
    named.set(`${facts.id} ${facts.classification}`, facts)
  }
  return [...named.values(), ...(service ? [service.resource] : [])]
}

function targetsOf({ selections, service }: ResolvedFeatures, environment: string): ReadTarget[] {
  const features = selections.map(({ version, feature }) => ({
    groupName: version.groupName,
    version: version.major,
    feature: feature.name,
    environment,
  }))
  return service ? [...features, serviceTarget(service, environment)] : features
}

/** Everything of a plan that the registry alone says. */
function registeredPlan(
  resolved: ResolvedFeatures,
  environment: string,
  fullNames: boolean,
): Omit<ServingPlan, 'pending'> {
  const { selections, service } = resolved
  const names = outputNames(selections, fullNames || (service?.fullFeatureNames ?? false))
  const { keySets, views } = viewsOf(selections)
  for (const { version } of views) refuseUnserved(version)
  const resources = views.map((view) =>
    readFacts(
      view.version,
      view.selections.map(({ feature }) => feature),
    ),
  )
  const confidential = classifications.indexOf('confidential')
  return {
    columns: selections.map(({ feature }, column) => ({
      name: names[column] ?? feature.name,
      type: feature.type,
    })),
    namesJson: JSON.stringify(names),
    keySets,
    keys: allKeys(keySets),
    views: views.map(({ viewId, keySet, ttlSeconds, cuts }) => ({ viewId, keySet, ttlSeconds, cuts })),
    viewIds: views.map(({ viewId }) => viewId),
    viewIdsText: `{${views.map(({ viewId }) => viewId).join(',')}}`,
    places: new Map(views.map(({ viewId }, place) => [viewId, place])),
    hasTtl: views.some(({ ttlSeconds }) => ttlSeconds !== null),
    versions: views.map(({ version }) => version),
    resources,
    named: namedBy(resolved),
    service,
    serviceJson: service
      ? `"feature_service":${JSON.stringify(service.name)},"service_version":${service.version},`
      : '',
    deprecated: views.some(({ version }) => version.deprecatedAt !== null),
    targets: targetsOf(resolved, environment),
    audited: resources.some(({ classification }) => classifications.indexOf(classification) >= confidential),
  }
}

/** The plan of resolved features. Errors: invalid on clashing names and groups without online store, conflict. */
export async function planOf(
  resolved: ResolvedFeatures,
  environment: string,
  fullNames: boolean,
): Promise<ServingPlan> {
  const plan = registeredPlan(resolved, environment, fullNames)
  const versionIds = plan.versions.map(({ versionId }) => versionId)
  return { ...plan, pending: await onlinePending(versionIds, environment) }
}

export const loadPlan = async (
  ctx: Context,
  input: FeaturesInput,
  fullNames: boolean,
): Promise<ServingPlan> => planOf(await resolveFeatures(ctx, input), ctx.environment, fullNames)
