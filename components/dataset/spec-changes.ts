import { formatCount, formatShare } from '@/components/ui/format-number'
import type { ComparisonResource } from '@/lib/datasets/operations'

/** One difference between two versions. Texts may hold RFC 3339 instants; null: not there. */
export interface SpecChange {
  id: string
  what: string
  change: 'added' | 'removed' | 'changed'
  from: string | null
  to: string | null
}

type Members = Record<string, unknown>
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)

const changeOf = (from: string | null, to: string | null): SpecChange['change'] =>
  from === null ? 'added' : to === null ? 'removed' : 'changed'

const changed = (what: string, from: string | null, to: string | null): SpecChange[] =>
  from === to ? [] : [{ id: what, what, change: changeOf(from, to), from, to }]

/** `group@2:feature` → [`group:feature`, `@2`]. */
const pinned = (reference: string): [name: string, version: string] => [
  reference.replace(/@\d+(?=:)/, ''),
  /@\d+(?=:)/.exec(reference)?.[0] ?? 'taken',
]

/** Members of two lists by name: what came, what went, and what has another version. */
function listed(word: string, from: [string, string][], to: [string, string][]): SpecChange[] {
  const [before, after] = [new Map(from), new Map(to)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    changed(`${word} ${name}`, before.get(name) ?? null, after.get(name) ?? null),
  )
}

const keysText = (keys: unknown): string =>
  Object.entries(membersOf(keys))
    .map(([key, column]) => (key === String(column) ? key : `${key} = ${String(column)}`))
    .join(', ')

/** `{airports: {code: "origin"}}`, or `{origin: {group, keys}}` of a role. */
const joinsOf = (value: unknown): [string, string][] =>
  Object.entries(membersOf(value)).map(([alias, join]) => {
    const { group, keys } = membersOf(join)
    return [alias, typeof group === 'string' ? `${group}, ${keysText(keys)}` : keysText(join)]
  })

const labelText = (value: unknown): string | null => {
  const { feature, keys } = membersOf(value)
  if (feature === undefined) return null
  const by = keysText(keys)
  return by === '' ? String(feature) : `${String(feature)} by ${by}`
}

function spineText(value: unknown): string | null {
  const { kind, rows, name, dataset, version, group, from, to } = membersOf(value)
  if (kind === 'rows') return `${formatCount(Number(rows))} rows sent along`
  if (kind === 'upload') return `the file ${String(name)}`
  if (kind === 'dataset') return `the rows of ${String(dataset)}@${String(version)}`
  if (kind !== 'group') return null
  const [first, last] = [textOrNull(from), textOrNull(to)]
  const span = `${first === null ? '' : ` from ${first}`}${last === null ? '' : ` to ${last}`}`
  return `the rows of ${String(group)}@${String(version)}${span}`
}

function splitText(value: unknown): string {
  const { by, test_from, validation_from, test, validation, seed } = membersOf(value)
  if (by === 'time') {
    const validated = textOrNull(validation_from)
    return `${validated === null ? '' : `validation from ${validated}, `}test from ${String(test_from)}`
  }
  if (by !== 'fraction') return 'one file'
  const share = Number(validation)
  const validated = share > 0 ? `, ${formatShare(share)} validation` : ''
  return `at random: ${formatShare(Number(test))} test${validated}, seed ${String(seed)}`
}

const serviceText = (value: unknown): string | null => {
  const { name, version } = membersOf(value)
  return name === undefined ? null : `${String(name)}@${String(version)}`
}

/** `group@1.2` is revision 2 of version 1; another version shows in what is taken of it. */
function revisions(from: unknown, to: unknown): SpecChange[] {
  const split = (value: unknown) =>
    new Map(
      textsOf(value).map((text): [string, string] => [text.replace(/\.\d+$/, ''), text.split('.')[1] ?? '']),
    )
  const [before, after] = [split(from), split(to)]
  return [...after].flatMap(([group, revision]) => {
    const old = before.get(group)
    return old === undefined ? [] : changed(`Revision of ${group}`, old, revision)
  })
}

/** In the order in which they are read. */
const words: Record<string, (from: unknown, to: unknown) => SpecChange[]> = {
  spine: (from, to) => changed('Rows from', spineText(from), spineText(to)),
  known_at: (from, to) => changed('Known at', textOrNull(from), textOrNull(to)),
  label: (from, to) => changed('Label', labelText(from), labelText(to)),
  feature_service: (from, to) => changed('Feature service', serviceText(from), serviceText(to)),
  features: (from, to) => listed('Feature', textsOf(from).map(pinned), textsOf(to).map(pinned)),
  groups: revisions,
  full_feature_names: (from, to) => {
    const named = (full: unknown) => (full === true ? 'group__feature' : 'feature')
    return changed('Column names', named(from), named(to))
  },
  join_keys: (from, to) => listed('Join of', joinsOf(from), joinsOf(to)),
  split: (from, to) => changed('Divided into', splitText(from), splitText(to)),
  timestamp_column: (from, to) => changed('Time column', textOrNull(from), textOrNull(to)),
  environment: (from, to) => changed('Environment', textOrNull(from), textOrNull(to)),
  purpose: (from, to) => changed('Purpose', textOrNull(from), textOrNull(to)),
}

/** Columns whose coming or going a feature or the label already tells. */
function toldColumns(changes: readonly SpecChange[]): Set<string> {
  const names = changes.flatMap(({ what, from, to }) => {
    if (what === 'Label') return [from, to].flatMap((text) => text?.split(' by ')[0]?.split(':').at(-1) ?? [])
    if (!what.startsWith('Feature ')) return []
    const [group = '', feature = ''] = what.slice('Feature '.length).split(':')
    return [feature, `${group}__${feature}`]
  })
  return new Set(names)
}

const columnChange = ({ column, from, to }: ComparisonResource['schema'][number]) =>
  changed(`Column ${column}`, from, to)

/** What differs between two versions, a row each: size, specification, columns. */
export function specChanges({ rows, spec, schema }: ComparisonResource): SpecChange[] {
  const said = Object.entries(words).flatMap(([field, tell]) =>
    spec.filter((one) => one.field === field).flatMap(({ from, to }) => tell(from, to)),
  )
  const told = toldColumns(said)
  return [
    ...changed('Row count', formatCount(rows.from), formatCount(rows.to)),
    ...said,
    ...schema.filter(({ column, change }) => change === 'retyped' || !told.has(column)).flatMap(columnChange),
  ]
}
