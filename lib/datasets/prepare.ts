import type { Context } from '@/lib/core/context'
import { formatFeatureType, formatTimestamp } from '@/lib/core/feature-type'
import { type Answer, type History, historyOf, type JoinGroup, offlineStore } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { partHistory } from './part-history'
import type { DatasetPlan } from './plan-dataset'
import { type BoundSpine, boundSpine } from './spine/bound-spine'
import { openSource, type SpineSource, spineVersion } from './spine/spine-source'
import type { DatasetColumn, DatasetPart, Split } from './types'

export interface PrepareInput {
  plan: DatasetPlan
  source: SpineSource
  timestampColumn: string
  knownAtMicros: bigint
  split: Split | null
  /** At most so many rows, for a preview. */
  sample: number | null
}

/** A dataset that is ready to be computed; nothing of it is yet. */
export interface Prepared {
  bound: BoundSpine
  answer: Answer
  columns: DatasetColumn[]
  /** By part, those of the spine left out. */
  histories: History[]
  dispose: () => Promise<void>
}

const ofVersion = (version: ServingVersion) => ({
  group: version.groupName,
  group_id: version.groupId,
  version_id: version.versionId,
  version: version.major,
  revision: version.revision,
  source_delay_seconds: version.sourceDelaySeconds,
  computed: version.transformation !== null,
})

/** What the plan was resolved to; histories are counted as they are at `knownAtMicros`. */
export async function partsOf(
  plan: DatasetPlan,
  source: SpineSource,
  knownAtMicros: bigint,
): Promise<DatasetPart[]> {
  const knownAt = formatTimestamp(knownAtMicros)
  const historyFacts = (version: ServingVersion) =>
    partHistory(version.versionId, version.environment, knownAt)
  const parts: DatasetPart[] = []
  for (const [index, { alias, read, keys }] of plan.features.groups.entries()) {
    const { version, features } = read
    const asked = plan.features.outputs.filter(({ group }) => group === index)
    parts.push({
      ...ofVersion(version),
      alias,
      role: 'feature',
      keys,
      ttl_seconds: version.ttlSeconds,
      horizon_seconds: null,
      columns: asked.map(({ feature, as }) => ({
        feature,
        column: as,
        classification:
          features.find(({ name }) => name === feature)?.classification ?? version.classification,
      })),
      history: await historyFacts(version),
    })
  }
  const { label } = plan
  if (label) {
    const { version } = label.read
    const { name: feature, classification } = label.feature
    const column = plan.outputs.at(-1)?.name ?? feature
    parts.push({
      ...ofVersion(version),
      alias: label.alias,
      role: 'label',
      keys: label.keys,
      ttl_seconds: 0,
      source_delay_seconds: 0,
      horizon_seconds: label.horizonSeconds,
      columns: [{ feature, column, classification }],
      history: await historyFacts(version),
    })
  }
  return [...parts, ...(await spineParts(source, knownAt))]
}

/** Rows that came from a group carry that group's rights along. */
async function spineParts(source: SpineSource, knownAt: string): Promise<DatasetPart[]> {
  if (source.kind === 'dataset') return source.version.parts.filter(({ role }) => role === 'spine')
  const version = spineVersion(source)
  if (source.kind !== 'group' || !version) return []
  return [
    {
      ...ofVersion(version),
      alias: version.groupName,
      role: 'spine',
      keys: {},
      ttl_seconds: null,
      horizon_seconds: null,
      columns: source.read.features.map(({ name, classification }) => ({
        feature: name,
        column: name,
        classification,
      })),
      history: await partHistory(version.versionId, version.environment, knownAt),
    },
  ]
}

async function joinGroups({ features, label }: DatasetPlan): Promise<JoinGroup[]> {
  const groups: JoinGroup[] = []
  for (const { read, keys } of features.groups) {
    const { ttlSeconds, sourceDelaySeconds } = read.version
    groups.push({ history: await historyOf(read.version, true), keys, ttlSeconds, sourceDelaySeconds })
  }
  if (!label) return groups
  // A label belongs to its own row's time alone: nothing older may stand for it.
  const own = { ttlSeconds: 0, sourceDelaySeconds: 0 }
  return [...groups, { ...own, history: await historyOf(label.read.version, true), keys: label.keys }]
}

/** The rows in time for their label to be known: `time + horizon ≤ known_at`. */
const latestOf = ({ plan, knownAtMicros }: PrepareInput): bigint | null =>
  plan.label === null ? null : knownAtMicros - BigInt(plan.label.horizonSeconds) * 1_000_000n

/** Opens the spine and plans the join. Errors: invalid naming row, column or clashing names. */
export async function prepare(ctx: Context, input: PrepareInput): Promise<Prepared> {
  const { plan, source, timestampColumn, knownAtMicros, split, sample } = input
  const shape = { timestampColumn, keys: plan.spineKeys, knownAtMicros }
  const opened = await openSource(source, shape, ctx.signal)
  try {
    const bounds = { latestMicros: latestOf(input), split, sample }
    const bound = await boundSpine(opened, bounds, ctx.signal)
    const groups = await joinGroups(plan)
    const outputs = plan.features.outputs.map(({ group, feature, as }) => ({ group, feature, as }))
    const { label } = plan
    const name = plan.outputs.at(-1)?.name ?? ''
    const asked = label
      ? [...outputs, { group: groups.length - 1, feature: label.feature.name, as: name }]
      : outputs
    const answer = offlineStore().join({ spine: bound.spine, groups, outputs: asked, knownAt: knownAtMicros })
    return {
      bound,
      answer,
      columns: columnsOf(answer, plan, timestampColumn),
      histories: groups.map(({ history }) => history),
      dispose: opened.dispose,
    }
  } catch (error) {
    await opened.dispose()
    throw error
  }
}

function columnsOf(answer: Answer, plan: DatasetPlan, timestampColumn: string): DatasetColumn[] {
  const joined = answer.columns.length - plan.outputs.length
  return answer.columns.map(({ name, type }, index) => {
    const output = plan.outputs[index - joined]
    const role = output?.role ?? (name === timestampColumn ? 'timestamp' : 'spine')
    return { name, type: formatFeatureType(type), role, source: output?.source ?? null }
  })
}
