import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import {
  deprecationHeaders,
  describedFeature,
  openFeatures,
  resolveVersion,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { contentTypeOfFormat } from './answer-format'
import type { StreamedAnswer } from './get-historical-features'
import { historyOf } from './history-of'
import { instantMicros, knownAtMicros } from './known-at'
import { type AllowedRead, allowRead, recordRead, targetsOf } from './may-read'
import { offlineStore } from './offline-store'
import type { AnswerFormat } from './port'

export interface TrainingDataInput {
  group: string
  version?: number
  /** Event times, both inclusive; a bare date as the end is its whole day. */
  start?: string
  end?: string
  /** In the order asked; absent: all that the caller may read, in declared order. */
  features?: string[]
  /** Only the newest row of each key. */
  latest: boolean
  known_at?: string
  format: AnswerFormat
  int64AsString?: boolean
}

function featuresOf(
  ctx: Context,
  version: ServingVersion,
  names: string[] | undefined,
): { features: ServingFeature[]; omitted: string[] } {
  if (!names) return openFeatures(ctx, 'group:read_offline', version)
  const features = names.map((name, index) => {
    const found = describedFeature(ctx, version, name)
    if (names.indexOf(name) !== index)
      throw invalidField('/features', `\`${name}\` is named twice`, 'name_clash')
    return found
  })
  return { features, omitted: [] }
}

/** A stream of columns has no other place for what it lacks. */
const omittedHeader = (omitted: string[]): Record<string, string> =>
  omitted.length === 0 ? {} : { 'x-almanac-omitted': omitted.join(', ') }

async function recordIt(ctx: Context, read: AllowedRead, range: Record<string, unknown>): Promise<void> {
  await withTransaction((tx) => recordRead(tx, ctx, read, range))
  // Rows stream past uncounted; a read is counted, its values are not.
  countReads(ctx.actor, 'offline', targetsOf(ctx, read), 0, ctx.now().getTime())
}

/**
 * All rows of a group between two event times, without tombstones; with `latest` the newest of each key. Ordered by
 * event time, key and arrival. Errors: forbidden, not_found naming group or feature, gone, invalid, unavailable.
 */
export async function getTrainingData(ctx: Context, input: TrainingDataInput): Promise<StreamedAnswer> {
  await authorizeAtAll(ctx, 'group:read_offline', { kind: 'group', name: input.group })
  const version = await resolveVersion(ctx, { group: input.group, version: input.version })
  const { features, omitted } = featuresOf(ctx, version, input.features)
  const read = await allowRead(ctx, version, features)
  const startMicros = input.start === undefined ? null : instantMicros(input.start, '/start')
  const endMicros = input.end === undefined ? null : instantMicros(input.end, '/end', true)
  if (startMicros !== null && endMicros !== null && startMicros > endMicros) {
    throw invalidField('/start', '`start` lies after `end`.', 'range')
  }
  const knownAt = knownAtMicros(ctx, input.known_at)
  const answer = offlineStore().range({
    history: await historyOf(version, knownAt !== null),
    features: features.map(({ name }) => name),
    startMicros,
    endMicros,
    latest: input.latest,
    knownAtMicros: knownAt,
    systemColumns: false,
    limit: null,
  })
  const stream = await answer.open(input.format, {
    signal: ctx.signal,
    int64AsString: input.int64AsString ?? false,
  })
  try {
    await recordIt(ctx, read, { start: input.start ?? null, end: input.end ?? null, latest: input.latest })
  } catch (error) {
    stream.destroy()
    throw error
  }
  return {
    columns: answer.columns,
    stream,
    contentType: contentTypeOfFormat[input.format],
    headers: { ...deprecationHeaders(ctx, version), ...omittedHeader(omitted) },
  }
}
