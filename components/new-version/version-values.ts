import type { Values } from '@/components/edit/merge'
import { contractCells, contractColumns, contractOf, contractWords } from '@/components/forms/contract-cells'
import { featureColumns, permittedCell, permittedOf, permittedWord } from '@/components/forms/feature-grid'
import { type GridColumn, type GridRow, newRow } from '@/components/forms/grid-model'
import { restOf } from '@/components/register/feature-rest'
import { beyondGrid } from '@/components/register/from-group'
import { strictestClass } from '@/components/rules/mandatory-words'
import { saidOf } from '@/components/rules/said'
import { saidLabels } from '@/components/rules/said-fields'
import { parseJson, stringifyJson } from '@/lib/core/json'
import type { FeatureResource, GroupResource } from '@/lib/registry/operations'
import { definitionBody, definitionWords, valuesOfDefinition } from './definition-values'

const prefix = 'features.'

/** A derived feature is computed from others of its row. */
const expressionColumn: GridColumn = {
  id: 'expression',
  label: 'Expression',
  kind: 'text',
  mono: true,
  width: '14rem',
  placeholder: 'late / departures',
  extra: true,
}

const cellsOf = (feature: FeatureResource, group: GroupResource): Record<string, string> => ({
  name: feature.name,
  type: feature.type,
  description: feature.description.trim(),
  classification: feature.classification ?? group.classification,
  tags: feature.tags.join(' '),
  permitted_use: permittedCell(feature.permitted_use),
  expression: feature.expression ?? '',
  ...contractCells(feature.contract).cells,
  rest: beyondGrid({ ...feature, expression: null }),
})

/** What a new version can change, by field; each feature stands below `features.` by its name. */
export const valuesOfVersion = (group: GroupResource): Record<string, string> => ({
  ...valuesOfDefinition(group),
  ...purposeValues(group),
  ...Object.fromEntries(
    group.features.map((feature) => [prefix + feature.name, stringifyJson(cellsOf(feature, group))]),
  ),
})

export const rowsOfGroup = (group: GroupResource, columns: readonly GridColumn[]): GridRow[] =>
  group.features.map((feature) => newRow(columns, cellsOf(feature, group)))

const cellNames = [
  'name',
  'type',
  'description',
  'classification',
  'tags',
  'permitted_use',
  'expression',
  ...contractColumns.map(({ id }) => id),
  'rest',
]

/** What is said of the group and needed once a feature is confidential: asked for here too. */
export const purposeValues = (group: GroupResource): Record<string, string> => {
  const { purposes, lawfulBasis } = saidOf(group)
  return { purposes, lawful_basis: lawfulBasis }
}

const isFeature = (field: string) => field.startsWith(prefix)

/** The values without those of the features: the form holds them beside the grid. */
export const valuesBesideRows = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => !isFeature(field)))

/** The same values from the grid as it stands; a line without a name is not yet a feature. */
export const valuesOfRows = (
  rows: readonly GridRow[],
  beside: Readonly<Record<string, string>>,
): Record<string, string> => ({
  ...beside,
  ...Object.fromEntries(
    rows.flatMap(({ cells }) => {
      const name = (cells.name ?? '').trim()
      if (name === '') return []
      const kept = Object.fromEntries(cellNames.map((cell) => [cell, (cells[cell] ?? '').trim()]))
      return [[prefix + name, stringifyJson({ ...kept, name })]]
    }),
  ),
})

const cellsIn = (text: string): Record<string, string> => {
  const parsed: unknown = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null) return {}
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
}

/** The grid for values, in their order. */
export const rowsOfValues = (values: Values, columns: readonly GridColumn[]): GridRow[] =>
  Object.entries(values).flatMap(([field, text]) =>
    isFeature(field) ? [newRow(columns, cellsIn(text))] : [],
  )

/** A value of a field in words: a feature by its cells. */
export function shownValue(field: string, text: string | undefined): string | undefined {
  if (text === undefined || !isFeature(field)) return text
  const cells = cellsIn(text)
  const { type, description, classification, tags, permitted_use: use, expression } = cells
  return [type, classification, tags, permittedWord(use), expression, contractWords(cells), description]
    .filter(Boolean)
    .join(' · ')
}

const words: Readonly<Record<string, string>> = { ...definitionWords, ...saidLabels }

export const fieldWord = (field: string) =>
  isFeature(field) ? field.slice(prefix.length) : (words[field] ?? field)

const tagsOf = (text = '') => text.split(/[\s,]+/).filter((tag) => tag !== '')

/** A feature states its class only where it is stricter than the group's. */
function featureBody({ cells }: GridRow, group: GroupResource) {
  const { name = '', type = '', description = '', classification = '', rest = '', expression = '' } = cells
  const { contract, ...beyond } = restOf(rest)
  const isOwn =
    classification !== group.classification &&
    strictestClass([classification, group.classification]) === classification
  return {
    name: name.trim(),
    type,
    description: description.trim(),
    ...(isOwn ? { classification } : {}),
    tags: tagsOf(cells.tags),
    ...(expression.trim() === '' ? {} : { expression: expression.trim() }),
    ...beyond,
    ...contractOf(cells, contract),
    ...permittedOf(cells.permitted_use),
  }
}

/** All features, and what differs of the rest, as `POST …/versions` takes it. */
export const versionBody = (
  rows: readonly GridRow[],
  { values, base }: { values: Values; base: Values },
  group: GroupResource,
) => ({
  features: rows
    .filter(({ cells }) => (cells.name ?? '').trim() !== '')
    .map((row) => featureBody(row, group)),
  ...definitionBody(values, base),
})

/** The grid's columns for this group: a type that is not offered stays choosable. */
export const versionColumns = (
  types: readonly string[],
  classes: readonly string[],
  group: GroupResource,
) => [
  ...featureColumns([...new Set([...types, ...group.features.map(({ type }) => type)])], classes),
  expressionColumn,
]
