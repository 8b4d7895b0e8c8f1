import { classifications, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isConfidential } from './confidential'
import type { FeatureTerms, WatchedGroup } from './queries'
import type { RunSummary } from './run-summary'

/** What one reader may be told of a feature: nothing, that it is there, or its numbers (`masked`: without its values). */
type Sight = 'hidden' | 'named' | 'masked' | 'open'

/** A feature's class, its group's or stricter. */
const strictest = (
  group: Pick<WatchedGroup, 'classification'>,
  own: WatchedGroup['classification'] | null | undefined,
): WatchedGroup['classification'] =>
  own && classifications.indexOf(own) > classifications.indexOf(group.classification)
    ? own
    : group.classification

const factsOf = (group: WatchedGroup, environment: string): ResourceFacts => ({
  kind: 'group',
  id: group.id,
  name: group.name,
  teamId: group.teamId,
  team: group.team,
  classification: group.classification,
  tags: group.tags,
  ...(group.lifecycle ? { lifecycle: group.lifecycle } : {}),
  environment,
})

/** Numbers of drift are statistics; who may not see them sees the days of the group alone. */
const mayReadStatistics = (ctx: Context, group: WatchedGroup, environment: string): boolean =>
  decide(ctx, 'group:read_statistics', factsOf(group, environment)).allowed

/** How one reader sees a group whose features may be stricter than itself. */
export interface ReaderView {
  sight: (feature: string) => Sight
  /** Whether any feature's numbers may be shown; of a version that is not served here, the group's own class decides. */
  readsAny: boolean
  /** Whether a feature that the reader may know of has a contract. */
  hasContract: boolean
  /** A run as if the features that the reader may not read were not there. */
  run: (summary: RunSummary) => RunSummary
}

/** One decision a class, however many features. */
export function readerView(
  ctx: Context,
  group: WatchedGroup,
  features: ReadonlyMap<string, FeatureTerms>,
  environment: string,
): ReaderView {
  const sightOfClass = new Map<string, Sight>()
  const decideOn = (classification: WatchedGroup['classification']): Sight => {
    const facts = { ...factsOf(group, environment), classification }
    if (!decide(ctx, 'catalog:describe', facts).allowed) return 'hidden'
    if (!decide(ctx, 'group:read_statistics', facts).allowed) return 'named'
    return isConfidential(facts) ? 'masked' : 'open'
  }
  const sight = (feature: string): Sight => {
    const found = features.get(feature)
    if (!found) return 'hidden'
    const classification = strictest(group, found.classification)
    const known = sightOfClass.get(classification) ?? decideOn(classification)
    sightOfClass.set(classification, known)
    return known
  }
  const reads = (feature: string) => sight(feature) === 'open' || sight(feature) === 'masked'
  const run = ({ quiet, alarms }: RunSummary): RunSummary => ({
    quiet: quiet.filter(reads),
    alarms: alarms
      .filter((alarm) => reads(alarm.feature))
      // Sentences name values and rates.
      .map((alarm) => (sight(alarm.feature) === 'masked' ? { ...alarm, sentence: 'Moved.' } : alarm)),
  })
  const names = [...features.keys()]
  return {
    sight,
    run,
    readsAny: names.length === 0 ? mayReadStatistics(ctx, group, environment) : names.some(reads),
    hasContract: names.some((name) => features.get(name)?.hasContract && sight(name) !== 'hidden'),
  }
}
