import { formatFeatureType } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { countText } from '@/lib/core/number-text'
import type { ColumnProfile } from '@/lib/offline'
import { spanWords } from './certificate/words'
import type { ColumnStatisticsResource, DatasetVersionResource } from './resources'
import type { DatasetColumn, DatasetVersion, SpineSpec } from './types'

const etagOf = (version: Pick<DatasetVersion, 'revision'>): string => `"${version.revision}"`

/** Where the rows come from, in words. */
function spineWords(spine: SpineSpec): string {
  switch (spine.kind) {
    case 'rows':
      return `${countText(spine.rows)} rows sent along`
    case 'upload':
      return `the file ${spine.name}`
    case 'dataset':
      return `the rows of training dataset ${spine.dataset}@${spine.version}`
    case 'group': {
      const name = `${spine.group}@${spine.version}`
      if (spine.from === null && spine.to === null) return `all rows of ${name}`
      const from = spine.from === null ? '' : ` from ${spine.from}`
      return `the rows of ${name}${from}${spine.to === null ? '' : ` to ${spine.to}`}`
    }
  }
}

/** Why rows are left out; null when none is. */
export function leftOutReason(rows: number, horizonSeconds: number | null): string | null {
  if (rows === 0 || horizonSeconds === null) return null
  return horizonSeconds === 0
    ? 'Their time lies after the instant as of which the dataset is read.'
    : `Their label looks ${spanWords(horizonSeconds)} ahead, and that time had not passed.`
}

const horizonOf = ({ parts }: Pick<DatasetVersion, 'parts'>): number | null =>
  parts.find(({ role }) => role === 'label')?.horizon_seconds ?? null

const fileUrl = (name: string, version: number, file: string) =>
  `/api/v1/training-datasets/${name}/versions/${version}/files/${file}`

/** `described`: which of the version's parts the reader may know of. */
export function serializeVersion(
  version: DatasetVersion,
  described: readonly boolean[],
  nameOf: (id: string) => string,
): DatasetVersionResource {
  const parts = version.parts.filter((_, index) => described[index])
  const hidden = version.parts.filter((_, index) => !described[index])
  const hiddenNames = new Set(hidden.flatMap(({ columns }) => columns.map(({ column }) => column)))
  const isOpen = ({ name }: { name: string }) => !hiddenNames.has(name)
  const { certificate, verification } = version
  return {
    dataset: version.name,
    version: version.version,
    state: version.state,
    environment: version.environment,
    classification: version.facts.classification,
    known_at: version.knownAt,
    job: version.jobId,
    error: version.jobError,
    rows: version.rows,
    left_out:
      version.leftOut === null
        ? null
        : { rows: version.leftOut, reason: leftOutReason(version.leftOut, horizonOf(version)) },
    content_hash: version.contentHash,
    // What the reader may not know of is named in the spec too.
    spec: hidden.length > 0 ? {} : { ...version.spec },
    spine: hidden.some(({ role }) => role === 'spine') ? 'rows of a group' : spineWords(version.spec.spine),
    groups: parts.map((part) => ({
      alias: part.alias,
      group: part.group,
      version: part.version,
      revision: part.revision,
      role: part.role,
      keys: part.keys,
      columns: part.columns.map(({ column }) => column),
      ttl_seconds: part.ttl_seconds,
      source_delay_seconds: part.source_delay_seconds,
      horizon_seconds: part.horizon_seconds,
    })),
    hidden_groups: hidden.length,
    columns: version.columns.filter(isOpen),
    files: version.files.map((file) => ({ ...file, url: fileUrl(version.name, version.version, file.name) })),
    files_deleted:
      version.filesDeletedAt === null
        ? null
        : {
            at: version.filesDeletedAt,
            by: nameOf(version.filesDeletedBy ?? ''),
            reason: version.filesDeletedReason ?? '',
          },
    certificate: certificate && { holds: certificate.holds, checked_at: certificate.checked_at },
    verification: verification && {
      at: verification.at,
      by: nameOf(verification.by),
      equal: verification.equal,
      differences: verification.differences,
    },
    created_at: version.createdAt,
    created_by: nameOf(version.createdBy),
    finished_at: version.finishedAt,
    etag: etagOf(version),
  }
}

const parsedOrNull = (text: string | null): unknown => (text === null ? null : parseJson(text))

function extreme({ type }: ColumnProfile, finite: number | null, exact: string | null): unknown {
  const { kind } = type
  return kind === 'float32' || kind === 'float64' ? finite : parsedOrNull(exact)
}

/** One column's numbers. Integers of 64 bits become texts for readers whose numbers are doubles. */
export function statisticsResourceOf(
  { name, type, role }: DatasetColumn,
  profile: ColumnProfile | undefined,
  int64AsString = false,
): ColumnStatisticsResource {
  if (!profile) {
    return {
      name,
      type,
      role,
      rows: 0,
      nulls: 0,
      distinct: 0,
      min: null,
      max: null,
      mean: null,
      standard_deviation: null,
      quantiles: null,
      histogram: null,
      top: [],
      trues: null,
    }
  }
  const value = (one: unknown) =>
    int64AsString &&
    (typeof one === 'bigint' || (Number.isInteger(one) && formatFeatureType(profile.type) === 'int64'))
      ? String(one)
      : one
  const { min, max, deciles } = profile
  return {
    name,
    type,
    role,
    rows: profile.rows,
    nulls: profile.nulls,
    distinct: profile.distinct,
    min: value(extreme(profile, min, profile.least)),
    max: value(extreme(profile, max, profile.greatest)),
    mean: profile.mean,
    standard_deviation: profile.standardDeviation,
    quantiles:
      min === null || max === null || deciles === null
        ? null
        : [min, ...deciles, max].map((quantile, index) => ({ p: index / 10, value: quantile })),
    histogram: profile.histogram,
    top: profile.top.map((one) => ({ value: value(parseJson(one.value)), count: one.count })),
    trues: profile.trues,
  }
}
