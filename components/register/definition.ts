import { z } from 'zod'
import { type GridColumn, type GridRow, newRow } from '@/components/forms/grid-model'
import type { InferenceResource } from '@/lib/catalog/operations'

const rowSchema = z.object({ key: z.string(), cells: z.record(z.string(), z.string()) })

/** Everything that the form holds, as the browser keeps it while it is not sent. */
export const definitionSchema = z.object({
  name: z.string(),
  description: z.string(),
  entity: z.string(),
  keys: z.array(z.object({ name: z.string(), type: z.string() })),
  timestampKey: z.string(),
  ownerTeam: z.string(),
  classification: z.string(),
  tags: z.string(),
  ttl: z.string(),
  cadence: z.string(),
  features: z.array(rowSchema),
  /** Names by column of the file, for columns that are called otherwise. */
  renamed: z.record(z.string(), z.string()),
})
export type Definition = z.output<typeof definitionSchema>

export const emptyDefinition = (ownerTeam: string): Definition => ({
  name: '',
  description: '',
  entity: '',
  keys: [],
  timestampKey: '',
  ownerTeam,
  classification: 'internal',
  tags: '',
  ttl: '',
  cadence: '',
  features: [],
  renamed: {},
})

const nameOfFile = (fileName: string) =>
  fileName
    .replace(/\.(csv|parquet|ndjson|jsonl|json)(\.gz)?$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 63)

/** A feature's row for each column that is neither key nor event time; what was typed for one is kept. */
function featureRows(
  inferred: InferenceResource,
  roles: { keys: readonly string[]; timestampKey: string },
  columns: readonly GridColumn[],
  before: readonly GridRow[],
): GridRow[] {
  const typed = new Map(before.map((row) => [row.cells.name, row]))
  return inferred.columns
    .filter(({ name }) => name !== roles.timestampKey && !roles.keys.includes(name))
    .map(
      ({ name, type, sensitive }) =>
        typed.get(name) ??
        newRow(columns, { name, type, ...(sensitive ? { classification: 'confidential' } : {}) }),
    )
}

/** The definition with other columns of the file as key and event time; the rest become features. */
export function withRoles(
  definition: Definition,
  inferred: InferenceResource,
  columns: readonly GridColumn[],
  roles: { keys: readonly string[]; timestampKey: string },
): Definition {
  const typeOf = new Map(inferred.columns.map((column) => [column.name, column.type]))
  const wasGuess = definition.entity === definition.keys[0]?.name.replace(/_(id|key|code|no)$/, '')
  const first = roles.keys[0]
  return {
    ...definition,
    keys: roles.keys.map((name) => ({ name, type: typeOf.get(name) ?? 'string' })),
    timestampKey: roles.timestampKey,
    entity: wasGuess && first ? first.replace(/_(id|key|code|no)$/, '') : definition.entity,
    features: featureRows(inferred, roles, columns, definition.features),
  }
}

const entityName = (entity: InferenceResource['definition']['entity']): string =>
  typeof entity === 'string' ? entity : (entity?.name ?? '')

/** What a file tells of a group, laid under what was typed already. */
export function fromInference(
  inferred: InferenceResource,
  fileName: string,
  columns: readonly GridColumn[],
  before: Definition,
): Definition {
  const { definition } = inferred
  const typeOf = new Map(inferred.columns.map((column) => [column.name, column.type]))
  const roles = { keys: definition.primary_key, timestampKey: definition.timestamp_key ?? '' }
  return {
    ...before,
    name: before.name || definition.name || nameOfFile(fileName),
    description: before.description || definition.description,
    entity: entityName(definition.entity),
    keys: roles.keys.map((name) => ({ name, type: typeOf.get(name) ?? 'string' })),
    timestampKey: roles.timestampKey,
    features: featureRows(inferred, roles, columns, before.features),
    renamed: Object.fromEntries(
      inferred.columns
        .filter(({ column, name }) => column !== name)
        .map(({ column, name }) => [column, name]),
    ),
  }
}

const order = ['public', 'internal', 'confidential', 'restricted']

/** A feature states its class only where it is stricter than the group's. */
const featureBody = (row: GridRow, group: string) => {
  const { name = '', type = '', description = '', classification = '' } = row.cells
  const own = order.indexOf(classification) > order.indexOf(group) ? { classification } : {}
  return { name: name.trim(), type, description: description.trim(), ...own }
}

/** The body of `POST /feature-groups`. `knownEntities` are named; another name makes a new entity with these keys. */
export function toBody(definition: Definition, knownEntities: readonly string[]) {
  const { name, description, entity, keys, timestampKey, ownerTeam, classification, tags, ttl, cadence } =
    definition
  const isKnown = knownEntities.includes(entity)
  return {
    name: name.trim(),
    description: description.trim(),
    entity: keys.length === 0 ? null : isKnown ? entity : { name: entity.trim(), keys },
    primary_key: keys.map((key) => key.name),
    timestamp_key: timestampKey,
    owner_team: ownerTeam || null,
    classification,
    tags: tags.split(/[\s,]+/).filter((tag) => tag !== ''),
    ...(ttl.trim() ? { ttl: ttl.trim() } : {}),
    ...(cadence.trim() ? { cadence: cadence.trim() } : {}),
    source: { kind: 'push' },
    features: definition.features.map((row) => featureBody(row, classification)),
  }
}
