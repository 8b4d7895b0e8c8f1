import type { ServiceFeature } from '@/db/schema'
import { classifications, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalid, invalidField, notFound } from '@/lib/core/errors'
import { parseFeatureReference } from './reference'
import { requirePermittedUse } from './require-permitted-use'
import { resolveVersion } from './resolve-version'
import { describedService, type ServiceRow, serviceVersionsOf } from './service-queries'
import type {
  FeatureSelection,
  ResolvedFeatures,
  ServingFeature,
  ServingVersion,
  VersionReference,
} from './types'

export interface FeaturesInput {
  /** `group:feature` or `group@2:feature`. */
  features?: string[]
  featureService?: string
  /** Absent: the service's newest version. */
  serviceVersion?: number
}

interface Asked extends VersionReference {
  feature: string
  reference: string
  pointer: string
}

/** Facts for the decision about reading these features: the group's, as strict as its strictest feature. */
export function readFacts(version: ServingVersion, features: ServingFeature[]): ResourceFacts {
  const strictest = Math.max(
    classifications.indexOf(version.classification),
    ...features.map((feature) => classifications.indexOf(feature.classification)),
  )
  return { ...version.resource, classification: classifications[strictest] ?? version.classification }
}

function askedFeatures(references: string[]): Asked[] {
  if (references.length === 0) throw invalidField('/features', 'must name at least one feature', 'too_small')
  return references.map((reference, at) => {
    const parsed = parseFeatureReference(reference)
    const pointer = `/features/${at}`
    if (!parsed) throw invalidField(pointer, `\`${reference}\` is not group:feature or group@version:feature`)
    const { group, version, feature } = parsed
    return { group, feature, reference, pointer, ...(version === null ? {} : { version }) }
  })
}

function refuseArchived({ service, team }: ServiceRow): void {
  if (service.archivedAt === null) return
  throw new DomainError(
    'gone',
    `Feature service ${service.name} is archived and not served. Team ${team} can restore it.`,
  )
}

async function loadService(ctx: Context, name: string, version: number | undefined) {
  const { row, facts } = await describedService(ctx, name)
  const versions = await serviceVersionsOf([row.service.id])
  const found = version === undefined ? versions[0] : versions.find((one) => one.version === version)
  if (!found)
    throw notFound(
      version === undefined
        ? `A version of feature service ${name}`
        : `Feature service ${name}, version ${version}`,
      'service',
    )
  refuseArchived(row)
  return { service: row.service, version: found, facts }
}

const askedOfService = (selected: ServiceFeature[]): Asked[] =>
  selected.map(({ group, version, feature }) => ({
    group,
    version,
    feature,
    reference: `${group}@${version}:${feature}`,
    pointer: '/feature_service',
  }))

function pick(
  ctx: Context,
  version: ServingVersion,
  { feature, reference, pointer }: Asked,
): FeatureSelection {
  const found = version.features.find((one) => one.name === feature)
  if (!found || !decide(ctx, 'catalog:describe', readFacts(version, [found])).allowed) {
    throw notFound(`Feature ${reference}`, 'feature')
  }
  if (found.role === 'label') {
    throw invalidField(pointer, `${reference} is a label: it is predicted, never read as a feature`, 'label')
  }
  return { version, feature: found, reference }
}

async function select(ctx: Context, asked: Asked[], environment: string): Promise<FeatureSelection[]> {
  const versions = new Map<string, ServingVersion>()
  const selections: FeatureSelection[] = []
  for (const one of asked) {
    const key = `${one.group}@${one.version ?? ''}`
    const version = versions.get(key) ?? (await resolveVersion(ctx, one, environment))
    versions.set(key, version)
    selections.push(pick(ctx, version, one))
  }
  await requirePermittedUse(
    ctx,
    'group:read_offline',
    selections.map(({ version, feature }) => ({ version, features: [feature] })),
  )
  return selections
}

/**
 * What a read asks for, in the order asked: explicit references or a service's pinned selection.
 * Errors: `not_found` naming the unknown group, version, feature or service; `invalid` for a malformed
 * reference, a label, or when both or neither of the two forms are given.
 */
export async function resolveFeatures(
  ctx: Context,
  input: FeaturesInput,
  environment: string = ctx.environment,
): Promise<ResolvedFeatures> {
  const { features, featureService, serviceVersion } = input
  if ((features === undefined) === (featureService === undefined)) {
    const reason = 'give either features or feature_service'
    throw invalid(reason, [{ pointer: '/features', reason, code: 'either_or' }])
  }
  if (features !== undefined || featureService === undefined) {
    return { selections: await select(ctx, askedFeatures(features ?? []), environment), service: null }
  }
  const { service, version, facts } = await loadService(ctx, featureService, serviceVersion)
  return {
    selections: await select(ctx, askedOfService(version.features), environment),
    service: {
      name: service.name,
      version: version.version,
      purpose: service.purpose,
      fullFeatureNames: version.fullFeatureNames,
      resource: facts,
    },
  }
}
