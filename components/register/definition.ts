import { contractOf } from '@/components/forms/contract-cells'
import { permittedOf } from '@/components/forms/feature-grid'
import { type GridColumn, type GridRow, newRow } from '@/components/forms/grid-model'
import { count, listOf, objectOf, orElse, type Read, readKept, recordOf, text } from '@/components/forms/kept'
import { nothingSaid, readSaid, saidBody } from '@/components/rules/said'
import type { InferenceResource } from '@/lib/catalog/operations'
import { durationAsTyped } from '@/lib/core/duration'
import type { FieldRules } from '@/lib/registry/operations'
import { noFieldRules } from '@/lib/registry/plain'
import { restOf } from './feature-rest'

const row = objectOf({ key: text, cells: recordOf(text) })

/** Everything that the form holds, as the browser keeps it while it is not sent. */
const definition = objectOf({
  name: text,
  description: text,
  entity: text,
  /** `source` is the column of the dropped file that feeds it, '' where it was typed by hand; so in `features`. */
  keys: listOf(objectOf({ name: text, type: text, source: orElse(text, '') })),
  timestampKey: text,
  timestampSource: orElse(text, ''),
  ownerTeam: text,
  classification: text,
  tags: text,
  ttl: text,
  cadence: text,
  /** A registered source that feeds it; '' where rows are pushed. */
  source: orElse(text, ''),
  said: orElse(readSaid, nothingSaid),
  features: listOf(row),
  /** Rows that went because a feature that is there was taken instead. */
  reused: orElse(listOf(objectOf({ id: text, feature: text, row, place: count })), []),
})
export type Definition = Read<typeof definition>
export const readDefinition = readKept(definition)

export const emptyDefinition = (ownerTeam: string): Definition => ({
  name: '',
  description: '',
  entity: '',
  keys: [],
  timestampKey: '',
  timestampSource: '',
  ownerTeam,
  classification: 'internal',
  tags: '',
  ttl: '',
  cadence: '',
  source: '',
  said: nothingSaid,
  features: [],
  reused: [],
})

const nameOfFile = (fileName: string) =>
  fileName
    .replace(/\.(csv|parquet|ndjson|jsonl|json|arrow|feather)(\.gz)?$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 63)

type Column = InferenceResource['columns'][number]

const rowOf = ({ column, name, type, sensitive }: Column, columns: readonly GridColumn[]) =>
  newRow(columns, { name, type, source: column, ...(sensitive ? { classification: 'confidential' } : {}) })

/** In the order of the file's columns; what was typed by hand stands behind them. */
function inOrder(rows: readonly GridRow[], inferred: InferenceResource): GridRow[] {
  const places = new Map(inferred.columns.map(({ column }, place) => [column, place]))
  const placeOf = ({ cells }: GridRow) => places.get(cells.source ?? '') ?? places.size
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** A feature's row for each column that is neither key nor event time; what was typed is kept. */
function featureRows(
  inferred: InferenceResource,
  identity: ReadonlySet<string>,
  columns: readonly GridColumn[],
  before: readonly GridRow[],
): GridRow[] {
  const bySource = new Map(before.map((row) => [row.cells.source ?? '', row]))
  const typed = before.filter(({ cells }) => !cells.source && cells.name?.trim())
  const byName = new Map(typed.map((row) => [row.cells.name?.trim(), row]))
  const own = inferred.columns
    .filter(({ column }) => !identity.has(column))
    .map((column) => {
      const row = bySource.get(column.column) ?? byName.get(column.name)
      return row ? { ...row, cells: { ...row.cells, source: column.column } } : rowOf(column, columns)
    })
  const taken = new Set(own.map(({ key }) => key))
  return [...own, ...typed.filter(({ key }) => !taken.has(key))]
}

const sourcesOf = ({ keys, timestampSource }: Definition) =>
  new Set([...keys.map(({ source }) => source), timestampSource])

/** Key and event time by the names that inference proposed; under another name they were typed by hand. */
export const proposedNames = (
  { keys, timestampKey, timestampSource }: Definition,
  { columns }: InferenceResource,
) => {
  const nameOf = (source: string) => columns.find(({ column }) => column === source)?.name
  return {
    keys: keys.map(({ name, source }) => nameOf(source) ?? name),
    timestampKey: nameOf(timestampSource) ?? timestampKey,
  }
}

const unguessed = (name: string) => name.replace(/_(id|key|code|no)$/, '')

/** The definition with other columns of the file as key and event time; the rest become features. */
export function withRoles(
  definition: Definition,
  inferred: InferenceResource,
  columns: readonly GridColumn[],
  roles: { keys: readonly string[]; timestampKey: string },
): Definition {
  const byName = new Map(inferred.columns.map((column) => [column.name, column]))
  const keys = roles.keys.map((name) => {
    const { column: source = '', type = 'string' } = byName.get(name) ?? {}
    const same = definition.keys.find((key) => (source ? key.source === source : key.name === name))
    return same ?? { name, type, source }
  })
  const time = byName.get(roles.timestampKey)
  const isSameTime = time?.column === definition.timestampSource
  const wasGuess = definition.entity === unguessed(definition.keys[0]?.name ?? '')
  const first = keys[0]?.name
  const next = {
    ...definition,
    keys,
    timestampKey: isSameTime ? definition.timestampKey : roles.timestampKey,
    timestampSource: time?.column ?? '',
    entity: wasGuess && first ? unguessed(first) : definition.entity,
  }
  const [was, is] = [sourcesOf(definition), sourcesOf(next)]
  const freed = inferred.columns.filter(({ column }) => was.has(column) && !is.has(column))
  const kept = definition.features.filter(({ cells }) => !cells.source || !is.has(cells.source))
  const features = inOrder([...kept, ...freed.map((column) => rowOf(column, columns))], inferred)
  return { ...next, features }
}

const entityName = (entity: InferenceResource['definition']['entity']): string =>
  typeof entity === 'string' ? entity : (entity?.name ?? '')

/** Key and event time by the names that inference proposed. */
function identityNamed({ columns }: InferenceResource, keys: readonly string[], timestampKey: string) {
  const byName = new Map(columns.map((column) => [column.name, column]))
  return {
    keys: keys.map((name) => {
      const { column: source = '', type = 'string' } = byName.get(name) ?? {}
      return { name, type, source }
    }),
    timestampKey,
    timestampSource: byName.get(timestampKey)?.column ?? '',
  }
}

/** The key and event time that stand in the form already, where the file has columns for all of them; else null. */
function identityOf({ columns }: InferenceResource, { keys, timestampKey, timestampSource }: Definition) {
  const columnOf = (name: string, source: string) =>
    (columns.find(({ column }) => column === source) ?? columns.find((one) => one.name === name))?.column
  const time = columnOf(timestampKey, timestampSource)
  const fed = keys.flatMap((key) => {
    const source = columnOf(key.name, key.source)
    return source === undefined ? [] : [{ ...key, source }]
  })
  return time === undefined || fed.length < keys.length ? null : { keys: fed, timestampSource: time }
}

/** What a file tells of a group, laid under what was typed already. */
export function fromInference(
  inferred: InferenceResource,
  fileName: string,
  columns: readonly GridColumn[],
  before: Definition,
): Definition {
  const { definition } = inferred
  const own = before.keys.length > 0 ? identityOf(inferred, before) : null
  const guess = {
    entity: entityName(definition.entity),
    ...identityNamed(inferred, definition.primary_key, definition.timestamp_key ?? ''),
  }
  const identified: Definition = {
    ...before,
    name: before.name || definition.name || nameOfFile(fileName),
    description: before.description || definition.description,
    ...(own ?? guess),
  }
  const features = featureRows(inferred, sourcesOf(identified), columns, before.features)
  return { ...identified, features }
}

const order = ['public', 'internal', 'confidential', 'restricted']

const tagsOf = (text: string) => text.split(/[\s,]+/).filter((tag) => tag !== '')

/** A feature states its class only where it is stricter than the group's. */
const featureBody = (row: GridRow, group: string) => {
  const { name = '', type = '', description = '', classification = '', rest = '' } = row.cells
  const tags = tagsOf(row.cells.tags ?? '')
  const own = order.indexOf(classification) > order.indexOf(group) ? { classification } : {}
  const { contract, ...beyond } = restOf(rest)
  const written = { name: name.trim(), type, description: description.trim(), ...own }
  return {
    ...written,
    ...(tags.length > 0 ? { tags } : {}),
    ...beyond,
    ...contractOf(row.cells, contract),
    ...permittedOf(row.cells.permitted_use),
  }
}

/** The body of `POST /feature-groups`. `knownEntities` are named; another name makes a new entity with these keys. */
export function toBody(
  definition: Definition,
  knownEntities: readonly string[],
  rules: FieldRules = noFieldRules,
) {
  const { name, description, entity, keys, timestampKey, ownerTeam, classification, tags, ttl, cadence } =
    definition
  const isKnown = knownEntities.includes(entity)
  const newEntity = { name: entity.trim(), keys: keys.map(({ name: key, type }) => ({ name: key, type })) }
  return {
    name: name.trim(),
    description: description.trim(),
    entity: keys.length === 0 ? null : isKnown ? entity : newEntity,
    primary_key: keys.map((key) => key.name),
    timestamp_key: timestampKey,
    owner_team: ownerTeam || null,
    classification,
    tags: tagsOf(tags),
    ...(ttl.trim() ? { ttl: durationAsTyped(ttl) } : {}),
    ...(cadence.trim() ? { cadence: durationAsTyped(cadence) } : {}),
    source: definition.source || { kind: 'push' },
    ...saidBody(definition.said, rules),
    permitted_use: definition.said.permittedUse,
    features: definition.features.map((row) => featureBody(row, classification)),
  }
}

/** Without the row whose feature is there already; what was taken instead is kept with it, to be put back. */
export function withReuse(
  definition: Definition,
  row: GridRow,
  { id, feature }: { id: string; feature: string },
): Definition {
  const place = definition.features.findIndex(({ key }) => key === row.key)
  return {
    ...definition,
    features: definition.features.filter(({ key }) => key !== row.key),
    reused: [...definition.reused, { id, feature, row, place }],
  }
}

/** With the row back where it was. */
export function withoutReuse(definition: Definition, id: string): Definition {
  const back = definition.reused.find((one) => one.id === id)
  if (!back) return definition
  return {
    ...definition,
    features: definition.features.toSpliced(Math.max(0, back.place), 0, back.row),
    reused: definition.reused.filter((one) => one.id !== id),
  }
}
