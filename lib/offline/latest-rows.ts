import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { type CsvCell, csvLine } from '@/lib/core/csv-line'
import { DomainError } from '@/lib/core/errors'
import {
  type CanonicalValue,
  convertKey,
  type FeatureType,
  int64Spelling,
  isNumericType,
} from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import {
  deprecationHeaders,
  openFeatures,
  readFacts,
  resolveVersion,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { historyOf } from './history-of'
import { allowRead, recordRead, targetsOf } from './may-read'
import { offlineStore } from './offline-store'
import type { HistoryRow } from './port'

export interface LatestRowsInput {
  group: string
  version?: number
  limit: number
  /** Values of one key in the order of `primary_key`: its whole history, newest first. Absent: rows of every key. */
  key?: string[]
  int64AsString?: boolean
}

/** A body whose values are JSON texts of the store, and the headers beside it. */
export interface RowsAnswer {
  body: string
  headers: Record<string, string>
}

function keyOf({ keys }: ServingVersion, texts: string[] | undefined): CanonicalValue[] | null {
  if (!texts) return null
  if (texts.length !== keys.length) {
    const reason = `\`key\` stands ${texts.length} times; the group has ${keys.length} key columns (${keys.map(({ name }) => name).join(', ')}).`
    throw new DomainError('invalid', reason, { errors: [{ pointer: '/key', reason, code: 'keys' }] })
  }
  return keys.map(({ name, type }, index) => {
    const converted = convertKey(type, texts[index])
    if (converted.ok) return converted.value
    throw new DomainError('invalid', `${name}: ${converted.reason}`, {
      errors: [{ pointer: `/key/${index}`, reason: converted.reason, code: converted.rule, column: name }],
    })
  })
}

type Spell = (fragment: string | null) => string

const spellings = (types: FeatureType[], int64AsString: boolean): Spell[] =>
  types.map((type) => {
    const spell = int64Spelling(type, int64AsString)
    return (fragment) => (fragment === null ? 'null' : spell ? spell(fragment) : fragment)
  })

const member = (name: string, text: string) => `${JSON.stringify(name)}:${text}`

function rowText(
  version: ServingVersion,
  features: ServingFeature[],
  row: HistoryRow,
  keySpells: Spell[],
  featureSpells: Spell[],
): string {
  const cells = [
    ...version.keys.map(({ name }, index) =>
      member(name, keySpells[index]?.(row.keys[index] ?? null) ?? 'null'),
    ),
    member(version.timestampKey, `"${row.eventTime}"`),
    ...features.map((feature, index) => {
      const value = row.features[version.features.indexOf(feature)] ?? null
      return member(feature.name, featureSpells[index]?.(value) ?? 'null')
    }),
    member('_op', row.deleted ? '"delete"' : '"upsert"'),
    member('_created', `"${row.created}"`),
    member('_commit', JSON.stringify(row.commit)),
    member('_row', String(row.row)),
  ]
  return `{${cells.join(',')}}`
}

const columnsText = (version: ServingVersion, features: ServingFeature[]): string =>
  JSON.stringify([
    ...version.keys.map(({ name, typeText }) => ({ name, type: typeText, role: 'key' })),
    { name: version.timestampKey, type: 'timestamp', role: 'event_time' },
    ...features.map(({ name, typeText, role }) => ({ name, type: typeText, role })),
  ])

/** A feature that its reader may know of and not read: its column stands there without a single value. */
interface MaskedColumn {
  name: string
  type: string
  role: string
  /** Its place among the features of the version, from 0. */
  position: number
  classification: string
  because: string
  who_can_help: string[]
}

function maskedColumn(ctx: Context, version: ServingVersion, feature: ServingFeature): MaskedColumn {
  const { name, typeText: type, role, position, classification, permittedUse } = feature
  const about = { name, type, role, position, classification }
  if (permittedUse.includes('aggregate_only')) {
    const because = 'its permitted use is aggregates, so no single value is shown to anybody'
    return { ...about, because, who_can_help: [] }
  }
  const { rule, whoCanHelp } = decide(ctx, 'group:read_offline', readFacts(version, [feature]))
  return { ...about, because: rule, who_can_help: whoCanHelp }
}

interface LatestRows {
  version: ServingVersion
  /** Those that may be read; only their values leave the store. */
  features: ServingFeature[]
  masked: MaskedColumn[]
  rows: HistoryRow[]
}

async function readLatest(ctx: Context, input: LatestRowsInput): Promise<LatestRows> {
  await authorizeAtAll(ctx, 'group:read_offline', { kind: 'group', name: input.group })
  const version = await resolveVersion(ctx, { group: input.group, version: input.version })
  const { features, omitted } = openFeatures(ctx, 'group:read_offline', version)
  const read = await allowRead(ctx, version, features)
  const key = keyOf(version, input.key)
  const rows = await offlineStore().rows(
    { history: await historyOf(version), key, latest: false, limit: input.limit },
    ctx.signal,
  )
  await withTransaction((tx) =>
    recordRead(tx, ctx, read, { rows: rows.length, ...(input.key ? { key: input.key } : {}) }),
  )
  // A person who looks at the page uses nothing yet; what a key takes is used somewhere.
  if (ctx.actor.kind === 'apiKey')
    countReads(ctx.actor, 'offline', targetsOf(ctx, read), rows.length, ctx.now().getTime())
  const masked = version.features
    .filter(({ name }) => omitted.includes(name))
    .map((feature) => maskedColumn(ctx, version, feature))
  return { version, features, masked, rows }
}

/**
 * The newest rows of a group's history, tombstones among them, or all of one key; as the body of the answer, with
 * every value as the store holds it. What may not be read is named in `omitted` and `masked`, without a value.
 * Errors: forbidden, not_found, gone, invalid, unavailable.
 */
export async function latestRows(ctx: Context, input: LatestRowsInput): Promise<RowsAnswer> {
  const { version, features, masked, rows } = await readLatest(ctx, input)
  const int64AsString = input.int64AsString ?? false
  const keySpells = spellings(
    version.keys.map(({ type }) => type),
    int64AsString,
  )
  const featureSpells = spellings(
    features.map(({ type }) => type),
    int64AsString,
  )
  const texts = rows.map((row) => rowText(version, features, row, keySpells, featureSpells))
  const names = masked.map(({ name }) => name)
  const lacks =
    masked.length > 0 ? `,"omitted":${JSON.stringify(names)},"masked":${JSON.stringify(masked)}` : ''
  const about = `"group":${JSON.stringify(version.groupName)},"version":${version.major},"environment":${JSON.stringify(version.environment)}`
  return {
    body: `{${about},"columns":${columnsText(version, features)},"rows":[${texts.join(',')}]${lacks}}`,
    headers: deprecationHeaders(ctx, version),
  }
}

/** A fragment as a cell: numbers with all their digits, texts without quotes, lists as JSON. */
function csvCell(type: FeatureType, fragment: string | null): CsvCell {
  if (fragment === null) return null
  const text = fragment.startsWith('"') ? String(parseJson(fragment)) : fragment
  return isNumericType(type) ? { digits: text } : text
}

/** The same rows as CSV, for a spreadsheet; what may not be read has no column. Errors: as latestRows. */
export async function latestRowsCsv(ctx: Context, input: LatestRowsInput): Promise<RowsAnswer> {
  const { version, features, rows } = await readLatest(ctx, input)
  const head = [
    ...version.keys.map(({ name }) => name),
    version.timestampKey,
    ...features.map(({ name }) => name),
    ...['_op', '_created', '_commit', '_row'],
  ]
  const lines = rows.map((row) => [
    ...version.keys.map(({ type }, index) => csvCell(type, row.keys[index] ?? null)),
    row.eventTime,
    ...features.map((feature) =>
      csvCell(feature.type, row.features[version.features.indexOf(feature)] ?? null),
    ),
    row.deleted ? 'delete' : 'upsert',
    row.created,
    row.commit,
    { digits: String(row.row) },
  ])
  return { body: [head, ...lines].map(csvLine).join(''), headers: deprecationHeaders(ctx, version) }
}
