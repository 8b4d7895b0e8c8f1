import { expect, test } from 'vitest'
import { readListMemory } from './list-memory'
import { isSameSort, parseSort } from './table-state'

const store = (value: string | undefined) => ({
  get: (name: string) => (name === 'almanac_list_catalog' && value !== undefined ? { value } : undefined),
})

test('columns and page size come back, what was tampered with does not', () => {
  const remembered = { list: 'catalog', hide: 'type,days', limit: '25' }
  expect(readListMemory(store('hide=type%2Cdays&limit=25'), 'catalog')).toEqual(remembered)
  const nothing = { list: 'catalog', hide: null, limit: null }
  expect(readListMemory(store(undefined), 'catalog')).toEqual(nothing)
  expect(readListMemory(store('hide=<script>&limit=1e9'), 'catalog')).toEqual(nothing)
})

test('an order that no column stands for is told apart from the usual one', () => {
  expect(isSameSort(parseSort(null), null)).toBe(true)
  expect(isSameSort(parseSort('-updated_at'), '-updated_at')).toBe(true)
  expect(isSameSort(parseSort('updated_at'), '-updated_at')).toBe(false)
  expect(isSameSort(parseSort('name'), null)).toBe(false)
})
