import { type CanonicalValue, convertJson, type FeatureType, toFragment } from '@/lib/core/feature-type'

/** One difference. `row`: the row of `expect`, from 1; null for a row that nobody expected. */
export interface TestDifference {
  kind: 'missing' | 'unexpected' | 'differs' | 'unreadable'
  row: number | null
  /** Key and event time of the row, as one text. */
  key: string
  column: string | null
  expected: string | null
  actual: string | null
}

export interface ComparedColumn {
  name: string
  type: FeatureType
  isKey: boolean
}

type Row = Record<string, unknown>

interface Converted {
  row: number
  key: string
  /** Only what the row names. */
  values: Map<string, CanonicalValue>
}

const keyText = (columns: ComparedColumn[], values: Map<string, CanonicalValue>) =>
  columns
    .filter(({ isKey }) => isKey)
    .map(({ name, type }) => toFragment(type, values.get(name) ?? null))
    .join(', ')

function convertExpected(columns: ComparedColumn[], rows: Row[], faults: TestDifference[]): Converted[] {
  const byName = new Map(columns.map((column) => [column.name, column]))
  return rows.map((row, at) => {
    const values = new Map<string, CanonicalValue>()
    const fault = (column: string, reason: string) =>
      faults.push({ kind: 'unreadable', row: at + 1, key: '', column, expected: reason, actual: null })
    for (const [name, value] of Object.entries(row)) {
      const column = byName.get(name)
      const converted = column && convertJson(column.type, value)
      if (!converted) fault(name, `the group has no column \`${name}\``)
      else if (converted.ok) values.set(name, converted.value)
      else fault(name, converted.reason)
    }
    for (const { name } of columns.filter(({ isKey }) => isKey))
      if (!Object.hasOwn(row, name)) fault(name, 'each expected row names its keys and its event time')
    return { row: at + 1, key: keyText(columns, values), values }
  })
}

const isFloat = ({ kind }: FeatureType) => kind === 'float32' || kind === 'float64'

function isEqual(type: FeatureType, a: CanonicalValue, b: CanonicalValue, tolerance: number): boolean {
  if (toFragment(type, a) === toFragment(type, b)) return true
  if (type.kind === 'array' && Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isEqual(type.element, item, b[i] ?? null, tolerance))
  }
  if (!isFloat(type) || typeof a !== 'number' || typeof b !== 'number') return false
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))
}

function compareRows(
  columns: ComparedColumn[],
  expected: Converted,
  actual: Map<string, CanonicalValue>,
  tolerance: number,
): TestDifference[] {
  return columns.flatMap(({ name, type }): TestDifference[] => {
    const wanted = expected.values.get(name)
    const found = actual.get(name) ?? null
    if (wanted === undefined || isEqual(type, wanted, found, tolerance)) return []
    const place = { row: expected.row, key: expected.key, column: name }
    return [
      { kind: 'differs', ...place, expected: toFragment(type, wanted), actual: toFragment(type, found) },
    ]
  })
}

/**
 * Rows expected against rows computed, in any order, matched by key and event time. A column that an expected row does
 * not name is not looked at.
 */
export function compareTest(
  columns: ComparedColumn[],
  expectedRows: Row[],
  actualRows: Map<string, CanonicalValue>[],
  tolerance: number,
): TestDifference[] {
  const differences: TestDifference[] = []
  const expected = convertExpected(columns, expectedRows, differences)
  const open = new Map<string, Map<string, CanonicalValue>[]>()
  for (const actual of actualRows) {
    const key = keyText(columns, actual)
    open.set(key, [...(open.get(key) ?? []), actual])
  }
  for (const one of expected) {
    const actual = open.get(one.key)?.shift()
    if (actual) differences.push(...compareRows(columns, one, actual, tolerance))
    else
      differences.push({
        kind: 'missing',
        row: one.row,
        key: one.key,
        column: null,
        expected: null,
        actual: null,
      })
  }
  for (const [key, left] of open)
    for (const _ of left)
      differences.push({ kind: 'unexpected', row: null, key, column: null, expected: null, actual: null })
  return differences
}
