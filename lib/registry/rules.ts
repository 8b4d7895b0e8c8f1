import { type classificationNames, isStricter } from './class-names'
import { contractFaults, type Fault } from './contract-terms'
import { expressionFaults } from './expression/derived'
import { namesIn } from './expression/names'
import type { FeatureInput } from './feature-input'

interface Columns {
  primary_key?: string[] | undefined
  /** The same keys with their types, once the entity is known. */
  keys?: { name: string; type: string }[] | undefined
  timestamp_key?: string | undefined
  features?: FeatureInput[] | undefined
  inputs?: { name: string; type: string }[] | undefined
}

interface Column {
  name: string
  path: Fault['path']
  what: string
}

function columnsOf({ primary_key, timestamp_key, features, inputs }: Columns): Column[] {
  const column = (what: string, name: string, ...path: Fault['path']): Column => ({ what, name, path })
  return [
    ...(primary_key ?? []).map((name, at) => column('a key', name, 'primary_key', at)),
    ...(timestamp_key === undefined ? [] : [column('the timestamp key', timestamp_key, 'timestamp_key')]),
    ...(features ?? []).map(({ name }, at) => column('a feature', name, 'features', at, 'name')),
    ...(inputs ?? []).map(({ name }, at) => column('an input', name, 'inputs', at, 'name')),
  ]
}

/** A row has one column of a name: keys, event time, features and inputs must all differ. */
function duplicateFaults(columns: Column[]): Fault[] {
  const seen = new Map<string, Column>()
  return columns.flatMap(({ name, path, what }) => {
    const first = seen.get(name)
    if (first) return [{ path, message: `\`${name}\` is already ${first.what}` }]
    seen.set(name, { name, path, what })
    return []
  })
}

/** The engine numbers a file's rows and files under these names, and a column of that name would hide them. */
const engineNames = new Set(['file_row_number', 'file_index'])

const reservedFaults = (columns: Column[]): Fault[] =>
  columns.flatMap(({ name, path }) =>
    engineNames.has(name)
      ? [{ path, message: `\`${name}\` is a name that the offline store keeps for itself` }]
      : [],
  )

function featureFaults(feature: FeatureInput, at: number): Fault[] {
  const below = (...path: Fault['path']) => ['features', at, ...path]
  const faults: Fault[] = []
  if (feature.contract) {
    for (const { path, message } of contractFaults(feature.contract, feature.type)) {
      faults.push({ path: below('contract', ...path), message })
    }
    if (feature.expression) {
      const message = `a contract on a derived feature is not checked; put it on the inputs of \`${feature.name}\``
      faults.push({ path: below('contract'), message })
    }
  }
  if (feature.role === 'label' && !feature.horizon) {
    faults.push({
      path: below('horizon'),
      message: 'a label needs a horizon: how far ahead it looks, such as P30D',
    })
  }
  if (feature.role !== 'label' && feature.horizon) {
    faults.push({ path: below('horizon'), message: 'only a label has a horizon' })
  }
  return faults
}

/** What is wrong with a definition in itself, whatever else is registered. Paths lead into the body. */
export function definitionFaults(definition: Columns): Fault[] {
  return [
    ...duplicateFaults(columnsOf(definition)),
    ...reservedFaults(columnsOf(definition)),
    ...(definition.features ?? []).flatMap((feature, at) => featureFaults(feature, at)),
    ...expressionFaults({
      keys: definition.keys ?? (definition.primary_key ?? []).map((name) => ({ name, type: null })),
      timestampKey: definition.timestamp_key ?? null,
      features: definition.features ?? [],
      inputs: definition.inputs ?? [],
    }),
  ]
}

type ClassificationName = (typeof classificationNames)[number]

/** A feature may be stricter than its group, never looser: the group's readers were told what to expect. */
export function classificationFaults(features: FeatureInput[], group: ClassificationName): Fault[] {
  return [...looserThanGroup(features, group), ...looserThanInputs(features, group)]
}

/** A derived feature tells of what it reads: it is at least as strict. */
function looserThanInputs(features: FeatureInput[], group: ClassificationName): Fault[] {
  return features.flatMap(({ expression, classification }, at) => {
    if (!expression) return []
    const names = namesIn(expression)
    const stricter = features.find(
      (read) => names.has(read.name) && isStricter(read.classification ?? group, classification ?? group),
    )
    if (!stricter) return []
    const message = `may not be looser than \`${stricter.name}\`, which the expression reads and which is ${stricter.classification ?? group}`
    return [{ path: ['features', at, 'classification'], message }]
  })
}

function looserThanGroup(features: FeatureInput[], group: ClassificationName): Fault[] {
  return features.flatMap(({ classification }, at) =>
    classification && isStricter(group, classification)
      ? [
          {
            path: ['features', at, 'classification'],
            message: `may not be looser than its group, which is ${group}`,
          },
        ]
      : [],
  )
}

/** The strictest class of a group and the features of a version: what a second person is asked for. */
export const strictestOf = (
  { group }: { group: { classification: ClassificationName } },
  features: readonly { classification?: ClassificationName | null | undefined }[],
): ClassificationName =>
  features.reduce(
    (strictest, { classification }) =>
      classification && isStricter(classification, strictest) ? classification : strictest,
    group.classification,
  )

/** Whether a second person looks at a version before it serves: from `confidential` up, and at new majors of anything. */
export const needsReview = (
  classification: ClassificationName,
  change: 'first' | 'compatible' | 'breaking',
): boolean => change === 'breaking' || isStricter(classification, 'internal')
