import { expect, it } from 'vitest'
import type { CanonicalValue } from '@/lib/core/feature-type'
import { type ComparedColumn, compareTest } from './test-compare'

const columns: ComparedColumn[] = [
  { name: 'customer_id', type: { kind: 'int64' }, isKey: true },
  { name: 'day_end', type: { kind: 'timestamp' }, isKey: true },
  { name: 'spent', type: { kind: 'float64' }, isKey: false },
  { name: 'orders', type: { kind: 'int64' }, isKey: false },
]
const micros = BigInt(Date.parse('2026-03-02T00:00:00Z')) * 1000n
const actual = (id: bigint, spent: number | null, orders: bigint): Map<string, CanonicalValue> =>
  new Map<string, CanonicalValue>([
    ['customer_id', id],
    ['day_end', micros],
    ['spent', spent],
    ['orders', orders],
  ])
const row = (customer_id: number, more: object = {}) => ({ customer_id, day_end: '2026-03-02', ...more })
const compare = (expected: Record<string, unknown>[], rows: Map<string, CanonicalValue>[], tolerance = 0) =>
  compareTest(columns, expected, rows, tolerance).map(
    ({ kind, row: at, column, expected: wanted, actual: found }) =>
      [kind, at, column, wanted, found].join(' '),
  )

it('takes rows in any order and looks at the columns that are named', () => {
  const rows = [actual(2n, 5, 1n), actual(1n, 40, 2n)]
  expect(compare([row(1, { spent: 40 }), row(2, { orders: 1 })], rows)).toEqual([])
})

it('names row and column, and both values', () => {
  expect(compare([row(1, { spent: 41, orders: 2 })], [actual(1n, 40, 2n)])).toEqual([
    'differs 1 spent 41.0 40.0',
  ])
  expect(compare([row(1, { spent: null })], [actual(1n, 40, 2n)])).toEqual(['differs 1 spent null 40.0'])
})

it('finds rows that are missing and rows that nobody expected, also twice the same', () => {
  expect(compare([row(1), row(3)], [actual(1n, 1, 1n), actual(1n, 1, 1n)])).toEqual([
    'missing 2   ',
    'unexpected    ',
  ])
})

it('lets floats differ by the tolerance and nothing else', () => {
  expect(compare([row(1, { spent: 0.3 })], [actual(1n, 0.1 + 0.2, 1n)])).toHaveLength(1)
  expect(compare([row(1, { spent: 0.3 })], [actual(1n, 0.1 + 0.2, 1n)], 1e-9)).toEqual([])
  expect(compare([row(1, { orders: 1000 })], [actual(1n, 1, 1001n)], 0.5)).toHaveLength(1)
})

it('refuses a value that is not of the column’s type, and a column that is not there', () => {
  expect(compare([row(1, { orders: 1.5 })], [actual(1n, 1, 1n)])[0]).toContain('unreadable 1 orders')
  expect(compare([row(1, { orderz: 1 })], [actual(1n, 1, 1n)])[0]).toContain('unreadable 1 orderz')
  expect(compare([{ customer_id: 1 }], [])[0]).toContain('unreadable 1 day_end')
})
