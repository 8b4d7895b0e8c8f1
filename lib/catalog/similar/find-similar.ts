import type { z } from 'zod'
import { authorizeAtAll } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { readProfiles } from '@/lib/profiles'
import {
  describedFeature,
  parseFeatureReference,
  readFacts,
  resolvePromoted,
  resolveVersion,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'
import { consumersByFeature } from '@/lib/usage'
import type { SimilarResource } from '../similar-operations'
import { similarInput, type similarQuery } from '../similar-operations'
import { type Candidate, candidatesFor, lineOf } from './candidates'
import type { Distribution } from './compare-distributions'
import { type ComparedFeature, compareFeatures, type Likeness, sameMeaning } from './compare-features'
import { storedDistribution } from './known-distribution'
import { reusesOf } from './reuse'

/** By their words alone so many are taken to be looked at whole. */
const mostLookedAt = 16
const leastWords = 0.15
const leastScore = 0.25
const month = 30 * 86_400_000

const asCompared = (one: Candidate): ComparedFeature => ({
  name: one.shortName,
  description: one.description,
  entity: one.entity,
  type: one.type ?? '',
})

interface Known {
  version: ServingVersion
  feature: ServingFeature
  distribution: Distribution | null
}

const mayReadStatistics = (ctx: Context, version: ServingVersion, feature: ServingFeature) =>
  decide(ctx, 'group:read_statistics', readFacts(version, [feature])).allowed

/** Expression and values of features, by `group:feature`; values only of what the caller may read statistics of. */
async function knownOf(ctx: Context, names: readonly string[]): Promise<Map<string, Known>> {
  const groups = [...new Set(names.map((name) => name.split(':')[0] ?? ''))]
  const versions = await resolvePromoted(ctx, groups)
  const profiles = await readProfiles({
    versionIds: versions.map(({ versionId }) => versionId),
    environment: ctx.environment,
    features: [...new Set(names.map((name) => name.split(':')[1] ?? ''))],
    span: 'whole',
  })
  const byPlace = new Map(profiles.map((one) => [`${one.versionId} ${one.feature}`, one]))
  const profileOf = (version: ServingVersion, feature: ServingFeature) =>
    byPlace.get(`${version.versionId} ${feature.name}`)
  return new Map(
    versions.flatMap((version) =>
      version.features.map((feature) => {
        const profile = mayReadStatistics(ctx, version, feature) ? profileOf(version, feature) : undefined
        const distribution = profile ? storedDistribution(profile) : null
        return [`${version.groupName}:${feature.name}`, { version, feature, distribution }] as const
      }),
    ),
  )
}

interface Hit extends Likeness {
  one: Candidate
}

async function hitsFor(
  ctx: Context,
  feature: ComparedFeature,
  { not, limit }: { not: string | null; limit: number },
): Promise<Hit[]> {
  const candidates = await candidatesFor(ctx, feature, not)
  const { expression: _, distribution: __, ...words } = feature
  const likeliest = candidates
    .map((one) => ({ one, score: compareFeatures(words, asCompared(one)).score }))
    .filter(({ score }) => score >= leastWords)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostLookedAt)
  const known = await knownOf(
    ctx,
    likeliest.map(({ one }) => one.name),
  )
  return likeliest
    .map(({ one }): Hit => {
      const { feature: served, distribution } = known.get(one.name) ?? {}
      const whole = { ...asCompared(one), expression: served?.expression, distribution }
      return { one, ...compareFeatures(feature, whole) }
    })
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score || (a.one.name < b.one.name ? -1 : 1))
    .slice(0, limit)
}

async function resourceOf(ctx: Context, hits: Hit[]): Promise<SimilarResource> {
  const names = hits.map(({ one }) => one.name)
  const [readers, reuses] = await Promise.all([
    consumersByFeature(
      [...new Set(hits.flatMap(({ one }) => one.group ?? []))],
      new Date(ctx.now().getTime() - month),
    ),
    reusesOf(names),
  ])
  return {
    data: hits.map(({ one, score, signals }) => ({
      feature: one.name,
      description: one.description,
      entity: one.entity,
      type: one.type ?? '',
      team: one.team,
      lifecycle: one.lifecycle,
      readers: readers.get(one.name) ?? 0,
      reuses: reuses.get(one.name) ?? 0,
      score: Math.round(score * 100) / 100,
      same_meaning: score >= sameMeaning,
      signals: signals.map((signal) => ({
        ...signal,
        likeness: signal.likeness === null ? null : Math.round(signal.likeness * 100) / 100,
      })),
    })),
  }
}

/**
 * Features that may mean what somebody is about to write, likeliest first, with what speaks for and against each.
 * Errors: `forbidden`, `invalid`.
 */
export async function similarToProposed(ctx: Context, body: unknown): Promise<SimilarResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const {
    statistics,
    limit,
    entity,
    environment = ctx.environment,
    ...feature
  } = parseInput(similarInput, body)
  const within = { ...ctx, environment }
  const distribution = statistics ?? null
  return resourceOf(
    within,
    await hitsFor(within, { ...feature, entity: entity ?? null, distribution }, { not: null, limit }),
  )
}

/** Features that may mean what a registered one means. Errors: `forbidden`, `not_found`, `invalid`. */
export async function similarToFeature(
  ctx: Context,
  { feature: name, limit }: Pick<z.output<typeof similarQuery>, 'feature' | 'limit'>,
): Promise<SimilarResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const reference = parseFeatureReference(name)
  if (!reference) throw invalidField('/feature', 'must be `group:feature`', 'reference')
  const version = await resolveVersion(ctx, {
    group: reference.group,
    ...(reference.version === null ? {} : { version: reference.version }),
  })
  const feature = describedFeature(ctx, version, reference.feature)
  const full = `${version.groupName}:${feature.name}`
  const known = await knownOf(ctx, [full])
  const self = await lineOf(full)
  const asked: ComparedFeature = {
    name: feature.name,
    description: self?.description ?? '',
    entity: self?.entity ?? null,
    type: feature.typeText,
    expression: feature.expression,
    distribution: known.get(full)?.distribution ?? null,
  }
  return resourceOf(ctx, await hitsFor(ctx, asked, { not: full, limit }))
}
