import { expect, test } from 'vitest'
import { nextSort, pageSizeOf, parseHidden, parseSort, toggleHidden, viewPager } from './table-state'

test('sort is read, and a header turns it round', () => {
  expect(parseSort('-rows')).toEqual({ column: 'rows', descending: true })
  expect(parseSort(null, 'name')).toEqual({ column: 'name', descending: false })
  expect(parseSort('')).toBeNull()
  expect(nextSort(parseSort('-rows'), 'rows', true)).toBe('rows')
  expect(nextSort(parseSort('rows'), 'rows', true)).toBe('-rows')
  expect(nextSort(parseSort('name'), 'rows', true)).toBe('-rows')
})

test('pages by number know their neighbours', () => {
  const pager = { kind: 'page', page: 2, pageSize: 50, total: 120 } as const
  expect(viewPager(pager, 50)).toEqual({
    text: '51–100 of 120',
    previous: { page: null },
    next: { page: 3 },
  })
  expect(viewPager({ ...pager, page: 3 }, 20).next).toBeNull()
  expect(viewPager({ ...pager, page: 1, total: 0 }, 0)).toEqual({
    text: '0 rows',
    previous: null,
    next: null,
  })
})

test('pages by cursor lead on, and back to the first', () => {
  const pager = { kind: 'cursor', cursor: 'b', nextCursor: 'c', pageSize: 50, total: null } as const
  expect(viewPager(pager, 50)).toEqual({ text: '50', previous: { cursor: null }, next: { cursor: 'c' } })
})

test('a short last page has the size that was asked for', () => {
  expect(pageSizeOf('25')).toBe(25)
  expect(pageSizeOf(null)).toBe(50)
  expect(pageSizeOf('many')).toBe(50)
})

test('columns are switched in the address', () => {
  expect(parseHidden('owner,type')).toEqual(['owner', 'type'])
  expect(toggleHidden(['owner'], 'type')).toBe('owner,type')
  expect(toggleHidden(['owner'], 'owner')).toBeNull()
})
