import {
  anything,
  isA,
  objectOf,
  oneOf,
  orElse,
  orNull,
  type Read,
  readKept,
  recordOf,
  text,
} from '@/components/forms/kept'
import type { BuilderChoices, SpineUploadResource } from '@/lib/datasets/operations'

const isUpload = (value: unknown): value is SpineUploadResource => typeof value === 'object' && value !== null

const draft = objectOf({
  name: text,
  description: text,
  owner: text,
  from: oneOf(['service', 'features']),
  service: text,
  /** One reference a line. */
  features: text,
  spine: oneOf(['group', 'upload', 'dataset']),
  group: text,
  rangeFrom: text,
  rangeTo: text,
  dataset: text,
  upload: orNull(isA(isUpload)),
  timestamp: text,
  label: text,
  /** Group → its key → column of the rows. */
  keys: recordOf(recordOf(text)),
  labelKeys: recordOf(text),
  knownAt: text,
  split: oneOf(['none', 'time', 'fraction']),
  testFrom: text,
  testShare: text,
  /** Members of the version before that the form has no fields for; sent as they were. */
  carried: orElse(recordOf(anything), {}),
})
export type Draft = Read<typeof draft>
export const readDraft = readKept(draft)

export const emptyDraft = (choices: BuilderChoices, name: string): Draft => ({
  name,
  description: '',
  owner: choices.teams.length === 1 ? (choices.teams[0] ?? '') : '',
  from: choices.services.length > 0 ? 'service' : 'features',
  service: '',
  features: '',
  spine: choices.label_groups.length > 0 ? 'group' : 'upload',
  group: '',
  rangeFrom: '',
  rangeTo: '',
  dataset: '',
  upload: null,
  timestamp: '',
  label: '',
  keys: {},
  labelKeys: {},
  knownAt: '',
  split: 'none',
  testFrom: '',
  testShare: '20',
  carried: {},
})

interface Column {
  name: string
  type: string
}

/** Columns of the chosen rows; empty until some are chosen. */
export function spineColumns(draft: Draft, choices: BuilderChoices): Column[] {
  if (draft.spine === 'upload') return draft.upload?.columns ?? []
  if (draft.spine === 'dataset')
    return choices.datasets.find(({ name }) => name === draft.dataset)?.columns ?? []
  const group = choices.label_groups.find((one) => one.group === draft.group)
  return group ? [...group.keys, { name: group.timestamp_key, type: 'timestamp' }, ...group.columns] : []
}

/** The column that holds the time, unless another is chosen. */
export function timestampOf(draft: Draft, choices: BuilderChoices): string {
  if (draft.spine === 'group') {
    return choices.label_groups.find((one) => one.group === draft.group)?.timestamp_key ?? ''
  }
  if (draft.timestamp !== '') return draft.timestamp
  if (draft.spine === 'dataset') {
    return choices.datasets.find(({ name }) => name === draft.dataset)?.timestamp_column ?? ''
  }
  return draft.upload?.timestamp_column ?? ''
}

export const featureLines = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

interface KeyedGroup {
  group: string
  keys: Column[]
}

/** Groups of the chosen service whose keys the rows must bring. Of typed features nothing is known here. */
export const keyedGroups = (draft: Draft, choices: BuilderChoices): KeyedGroup[] =>
  draft.from === 'service' ? (choices.services.find(({ name }) => name === draft.service)?.groups ?? []) : []

/** Which column of the rows a key is: the chosen one, else the one of its name. */
export function columnOfKey(draft: Draft, columns: readonly Column[], group: string, key: string): string {
  const chosen = draft.keys[group]?.[key]
  if (chosen !== undefined) return chosen
  return columns.some(({ name }) => name === key) ? key : ''
}

/** Keys that no column of the rows was chosen for. */
export function openKeys(draft: Draft, choices: BuilderChoices): { group: string; key: string }[] {
  const columns = spineColumns(draft, choices)
  return keyedGroups(draft, choices).flatMap(({ group, keys }) =>
    keys.flatMap(({ name: key }) => (columnOfKey(draft, columns, group, key) === '' ? [{ group, key }] : [])),
  )
}

/** Without these nothing can be previewed. */
export function isReady(draft: Draft, choices: BuilderChoices): boolean {
  const hasFeatures =
    draft.from === 'service' ? draft.service !== '' : featureLines(draft.features).length > 0
  return hasFeatures && spineColumns(draft, choices).length > 0 && openKeys(draft, choices).length === 0
}

function spineBody(draft: Draft): Record<string, unknown> {
  if (draft.spine === 'upload') return { upload: draft.upload?.upload ?? '' }
  if (draft.spine === 'dataset') return { dataset: draft.dataset }
  return {
    group: draft.group,
    ...(draft.rangeFrom ? { from: draft.rangeFrom } : {}),
    ...(draft.rangeTo ? { to: draft.rangeTo } : {}),
  }
}

function splitBody(draft: Draft): Record<string, unknown> {
  const { split } = draft.carried
  const rest =
    typeof split === 'object' && split !== null && 'by' in split && split.by === draft.split ? split : {}
  if (draft.split === 'time') return { split: { ...rest, by: 'time', test_from: draft.testFrom } }
  if (draft.split === 'fraction')
    return { split: { ...rest, by: 'fraction', test: Number(draft.testShare) / 100 } }
  return {}
}

/** Only what is called otherwise in the rows; a typed feature's group may be named with an alias. */
function joinKeys(draft: Draft, choices: BuilderChoices) {
  const columns = spineColumns(draft, choices)
  const maps = keyedGroups(draft, choices).map(({ group, keys }) => {
    const renamed = keys.flatMap(({ name }) => {
      const column = columnOfKey(draft, columns, group, name)
      return column !== '' && column !== name ? [[name, column]] : []
    })
    return [group, Object.fromEntries(renamed)] as const
  })
  return Object.fromEntries(maps.filter(([, map]) => Object.keys(map).length > 0))
}

/** The body of a preview. */
export function selectionBody(
  draft: Draft,
  choices: BuilderChoices,
  environment: string,
): Record<string, unknown> {
  const timestamp = timestampOf(draft, choices)
  const { split: _, join_keys: given, ...carried } = draft.carried
  const keys = draft.from === 'features' ? (given ?? {}) : joinKeys(draft, choices)
  return {
    ...carried,
    ...(draft.from === 'service'
      ? { feature_service: draft.service }
      : { features: featureLines(draft.features) }),
    spine: spineBody(draft),
    ...(timestamp ? { timestamp_column: timestamp } : {}),
    ...(draft.label ? { label: { feature: draft.label, keys: draft.labelKeys } } : {}),
    ...(Object.keys(keys).length > 0 ? { join_keys: keys } : {}),
    ...(draft.knownAt ? { known_at: draft.knownAt } : {}),
    ...splitBody(draft),
    environment,
  }
}

/** The body of the build. */
export const buildBody = (draft: Draft, choices: BuilderChoices, environment: string) => ({
  ...selectionBody(draft, choices, environment),
  name: draft.name,
  ...(draft.description ? { description: draft.description } : {}),
  ...(draft.owner ? { owner_team: draft.owner } : {}),
})
