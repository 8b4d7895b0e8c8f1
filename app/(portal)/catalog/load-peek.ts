import { type AssetKind, assetHref } from '@/components/catalog/asset-href'
import type { Peek, PeekLine } from '@/components/catalog/peek'
import { groupHref } from '@/components/feature-group/place'
import { durationWords } from '@/components/feature-group/words'
import { contractWords } from '@/components/monitoring/contract-terms'
import { plural } from '@/components/ui/format-number'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getDayStrip, getVerdict } from '@/lib/monitoring'
import { getEntity, getFeatureGroup, getFeatureService, getSource } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'
import { datasetPeek } from './dataset-peek'

const groupLine = (name: string): PeekLine => ({
  name,
  href: assetHref('group', name),
  note: 'feature group',
})

const placeOf = (ctx: Context, name: string) => ({
  name,
  version: null,
  environment: ctx.environment === 'prod' ? null : ctx.environment,
})

/** Health of a group, or of one of its features, with links into the environment that the list shows. */
async function life(ctx: Context, group: GroupResource, feature: string | null) {
  const name = feature === null ? group.name : `${group.name}:${feature}`
  const [strips, verdict] = await Promise.all([
    getDayStrip(ctx, [name]),
    getVerdict(ctx, { group: group.name }),
  ])
  const days = strips.get(name)?.map((day) => ({
    ...day,
    href: groupHref(placeOf(ctx, group.name), 'quality', { feature, day: day.date }),
  }))
  return { verdict, ...(days ? { days } : {}) }
}

const shared = (group: GroupResource): Pick<Peek, 'owner' | 'lifecycle'> => ({
  owner: group.owner_team,
  lifecycle: group.state,
})

async function groupPeek(ctx: Context, name: string): Promise<Peek> {
  const group = await getFeatureGroup(ctx, name)
  return {
    kind: 'group',
    name,
    description: group.description,
    ...shared(group),
    ...(await life(ctx, group, null)),
    facts: [
      { term: 'Entity', value: group.entity ?? 'none: one row' },
      { term: 'Version', value: `@${group.version}` },
      { term: 'Classification', value: group.classification },
      { term: 'Tags', value: group.tags.join(', ') || 'none' },
    ],
    linesTitle: plural(group.features.length, 'feature'),
    lines: group.features.map((feature) => ({
      name: feature.name,
      href: assetHref('feature', `${name}:${feature.name}`),
      note: feature.type,
    })),
  }
}

async function featurePeek(ctx: Context, name: string): Promise<Peek | null> {
  const [groupName = '', featureName = ''] = name.split(':')
  const group = await getFeatureGroup(ctx, groupName)
  const feature = group.features.find((one) => one.name === featureName)
  if (!feature) return null
  const terms = feature.contract ? contractWords(feature.contract) : ''
  return {
    kind: 'feature',
    name,
    description: feature.description,
    isComparable: feature.role === 'feature' && (group.state === 'active' || group.state === 'deprecated'),
    ...shared(group),
    ...(await life(ctx, group, featureName)),
    facts: [
      { term: 'Type', value: feature.type },
      { term: 'Contract', value: terms || 'nothing promised' },
      { term: 'Classification', value: feature.classification ?? group.classification },
      { term: 'Time to live', value: group.ttl ? durationWords(group.ttl) : 'unlimited' },
    ],
    linesTitle: 'In the group',
    lines: [groupLine(groupName)],
  }
}

async function servicePeek(ctx: Context, name: string): Promise<Peek> {
  const service = await getFeatureService(ctx, name)
  return {
    kind: 'service',
    name,
    description: service.description,
    owner: service.owner_team,
    facts: [
      { term: 'Purpose', value: service.purpose ?? 'none stated' },
      { term: 'Version', value: `@${service.version}` },
      { term: 'Classification', value: service.classification },
    ],
    linesTitle: plural(service.features.length, 'feature'),
    lines: service.features.map((reference) => ({
      name: reference,
      href: assetHref('feature', reference.replace(/@\d+:/, ':')),
      note: '',
    })),
  }
}

async function entityPeek(ctx: Context, name: string): Promise<Peek> {
  const entity = await getEntity(ctx, name)
  return {
    kind: 'entity',
    name,
    description: entity.description,
    owner: entity.owner_team,
    facts: [{ term: 'Keys', value: entity.keys.map((key) => `${key.name} ${key.type}`).join(', ') }],
    linesTitle: plural(entity.groups.length, 'feature group'),
    lines: entity.groups.map(groupLine),
  }
}

async function sourcePeek(ctx: Context, name: string): Promise<Peek> {
  const source = await getSource(ctx, name)
  return {
    kind: 'source',
    name,
    description: source.description,
    owner: source.owner_team,
    facts: [{ term: 'Kind', value: source.kind }],
    linesTitle: plural(source.groups.length, 'feature group'),
    lines: source.groups.map(groupLine),
  }
}

const peeks: Record<AssetKind, (ctx: Context, name: string) => Promise<Peek | null>> = {
  group: groupPeek,
  feature: featurePeek,
  service: servicePeek,
  entity: entityPeek,
  source: sourcePeek,
  dataset: datasetPeek,
}

const isKind = (text: string): text is AssetKind => Object.hasOwn(peeks, text)

/** The asset of `peek=kind/name`; null for what the reader may not know of, for what is gone and for nonsense. */
export async function loadPeek(ctx: Context, value: string | string[] | undefined): Promise<Peek | null> {
  if (typeof value !== 'string') return null
  const slash = value.indexOf('/')
  const kind = value.slice(0, Math.max(0, slash))
  if (!isKind(kind)) return null
  try {
    return await peeks[kind](ctx, value.slice(slash + 1))
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}
