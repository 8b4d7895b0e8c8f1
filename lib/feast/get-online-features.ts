import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import {
  type ColumnsRequest,
  type Entities,
  isColumns,
  mayReadAsBefore,
  mayReadAtAll,
  type OnlineAnswer,
  type ReadColumns,
  readColumns,
} from '@/lib/online'
import { feastSpelling } from './feast-value'
import { ownReference } from './reference'

const input = z.object({
  feature_service: z.string().max(200).nullish(),
  features: z.array(z.string().max(300)).max(5000).nullish(),
  entities: z.custom<Entities>(isColumns, 'must be an object of arrays: one array of values a key column'),
  full_feature_names: z.boolean().default(false),
  include_feature_view_version_metadata: z.boolean().default(false),
})

/** What Feast gives a value that has no time. */
const noTime = '"1970-01-01T00:00:00Z"'

function requireOneLength(entities: Entities): void {
  const [first, ...others] = Object.entries(entities)
  for (const [name, { length }] of others) {
    if (!first || first[1].length === length) continue
    const reason = `\`${name}\` has ${length} values, \`${first[0]}\` has ${first[1].length}.`
    throw invalidField(`/entities/${name}`, reason, 'length')
  }
}

const vector = (values: string[], statuses: string[], times: string[]) =>
  `{"values":[${values.join(',')}],"statuses":[${statuses.join(',')}],"event_timestamps":[${times.join(',')}]}`

/** A key column as it was asked for. */
const keyVector = (values: string[]) =>
  vector(
    values,
    values.map((value) => (value === 'null' ? '"NULL_VALUE"' : '"PRESENT"')),
    values.map(() => noTime),
  )

function featureVectors({ plan, columns }: ReadColumns): string[] {
  return plan.columns.map(({ type }, index) => {
    const { values = [], statuses = [], eventTimes = [] } = columns[index] ?? {}
    const spell = feastSpelling(type)
    const times = eventTimes.map((time) => (time === 'null' ? noTime : time))
    return vector(spell ? values.map(spell) : values, statuses, times)
  })
}

function bodyOf(read: ReadColumns, entities: Entities, withVersions: boolean): string {
  const { plan, echoes } = read
  const asked = Object.keys(entities).flatMap((name) => {
    const place = plan.keys.findIndex((key) => key.name === name)
    return place === -1 ? [] : [{ name, values: echoes[place] ?? [] }]
  })
  const results = [...asked.map(({ values }) => keyVector(values)), ...featureVectors(read)]
  const names = [...asked.map(({ name }) => name), ...plan.columns.map(({ name }) => name)]
  const versions = plan.versions.map(({ groupName, major }) => ({ name: groupName, version: major }))
  const metadata = {
    feature_names: names,
    ...(withVersions ? { feature_view_metadata: versions } : {}),
  }
  return `{"results":[${results.join(',')}],"metadata":${JSON.stringify(metadata)}}`
}

/**
 * A read as Feast's feature server answers it, as the body of the answer: the key columns in the order of `entities`,
 * then the features in the order asked; columns that are no keys are passed over. Errors: as readOnlineFeatures.
 */
export async function getFeastOnlineFeatures(ctx: Context, body: unknown): Promise<OnlineAnswer> {
  if (!mayReadAsBefore(ctx)) await mayReadAtAll(ctx)
  const asked = parseInput(input, body)
  requireOneLength(asked.entities)
  const { feature_service: service, features } = asked
  const request: ColumnsRequest = {
    asked: service ? { featureService: service } : { features: (features ?? []).map(ownReference) },
    fullFeatureNames: asked.full_feature_names,
    entities: asked.entities,
    otherColumns: 'ignore',
    options: { metadata: true, staleReturned: false, int64AsString: false },
  }
  const withVersions = asked.include_feature_view_version_metadata
  return readColumns(ctx, request, (read) => ({
    body: bodyOf(read, asked.entities, withVersions),
    headers: read.headers,
  }))
}
