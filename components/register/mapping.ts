import type { GridRow } from '@/components/forms/grid-model'
import type { InferenceResource } from '@/lib/catalog/operations'
import type { Definition } from './definition'

/** A column of the dropped file: as the file calls it, and as inference proposed to call it. */
export type FileColumn = Pick<InferenceResource['columns'][number], 'column' | 'name'>

/** What the file's rows become in the group that is about to be registered. */
export interface Mapping {
  /** By column of the file, where the group calls it otherwise; null: it is left out. */
  rename: Record<string, string | null>
  renamed: { column: string; name: string }[]
  leftOut: string[]
  /** Declared, and without a column of the file: features are null in every row. */
  unfed: string[]
  /** The same of keys and event time: such rows are refused. */
  unfedIdentity: string[]
}

interface Declared {
  name: string
  source: string
  identifies: boolean
}

const declaredOf = ({ keys, timestampKey, timestampSource, features }: Definition): Declared[] => [
  ...keys.map(({ name, source }) => ({ name: name.trim(), source, identifies: true })),
  { name: timestampKey.trim(), source: timestampSource, identifies: true },
  ...features.map(({ cells }) => ({
    name: (cells.name ?? '').trim(),
    source: cells.source ?? '',
    identifies: false,
  })),
]

/** Which column of the file each declared one is read from, as the form stands now. */
export function mappingOf(definition: Definition, columns: readonly FileColumn[]): Mapping {
  const declared = declaredOf(definition).filter(({ name }) => name !== '')
  const present = new Set(columns.map(({ column }) => column))
  const names = new Map<string, string>()
  for (const { name, source } of declared) if (present.has(source)) names.set(source, name)
  const unfed = declared.filter(({ name, source }) => {
    if (present.has(source)) return false
    // Typed by hand, and called as a column that nothing else takes.
    const own = columns.find((one) => !names.has(one.column) && (one.column === name || one.name === name))
    if (own) names.set(own.column, name)
    return !own
  })
  const leftOut = columns.map(({ column }) => column).filter((column) => !names.has(column))
  const renamed = [...names]
    .filter(([column, name]) => column !== name)
    .map(([column, name]) => ({ column, name }))
  return {
    rename: Object.fromEntries([
      ...renamed.map(({ column, name }) => [column, name] as const),
      ...leftOut.map((column) => [column, null] as const),
    ]),
    renamed,
    leftOut,
    unfed: unfed.filter(({ identifies }) => !identifies).map(({ name }) => name),
    unfedIdentity: unfed.filter(({ identifies }) => identifies).map(({ name }) => name),
  }
}

/** The key of the one row whose name is another now, or null. */
export function renamedRow(before: readonly GridRow[], after: readonly GridRow[]): string | null {
  const names = new Map(before.map(({ key, cells }) => [key, cells.name ?? '']))
  const changed = after.filter(({ key, cells }) => (names.get(key) ?? '') !== (cells.name ?? ''))
  return changed.length === 1 ? (changed[0]?.key ?? null) : null
}

/**
 * Rows after a change in the grid. One new name is a renaming: the row keeps its column of the file. Several at once
 * were pasted, in whatever order the sheet had: each row is then read from the column that is called so.
 */
export function followColumns(
  before: readonly GridRow[],
  after: readonly GridRow[],
  columns: readonly FileColumn[],
): GridRow[] {
  const names = new Map(before.map(({ key, cells }) => [key, cells.name]))
  const isChanged = ({ key, cells }: GridRow) => names.has(key) && names.get(key) !== cells.name
  if (after.filter(isChanged).length < 2) return [...after]
  const byName = new Map(
    columns.flatMap(
      ({ column, name }) =>
        [
          [name, column],
          [column, column],
        ] as const,
    ),
  )
  const meant = after.map((row) => (isChanged(row) ? byName.get((row.cells.name ?? '').trim()) : undefined))
  const taken = new Set(meant)
  return after.map((row, index) => {
    const kept = taken.has(row.cells.source) ? '' : (row.cells.source ?? '')
    return { ...row, cells: { ...row.cells, source: meant[index] ?? kept } }
  })
}
