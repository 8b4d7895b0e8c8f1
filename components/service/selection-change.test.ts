import { expect, it } from 'vitest'
import { selectionChange } from './selection-change'

const before = ['a@1:x', 'a@1:y', 'b@2:z']

it('tells what was added, removed and pinned otherwise', () => {
  expect(selectionChange(before, ['a@2:x', 'b@2:z', 'c:w'])).toEqual({
    added: ['c:w'],
    removed: ['a@1:y'],
    repinned: [{ from: 'a@1:x', to: 'a@2:x' }],
    moved: [],
  })
  expect(selectionChange(before, ['a:x', ...before.slice(1)]).repinned).toEqual([
    { from: 'a@1:x', to: 'a:x' },
  ])
})

it('tells only what was moved, not what that pushed aside', () => {
  expect(selectionChange(before, ['b@2:z', 'a@1:x', 'a@1:y']).moved).toEqual(['b@2:z'])
  expect(selectionChange(before, ['c:w', ...before]).moved).toEqual([])
  expect(selectionChange(before, ['b@2:z', 'a@1:y', 'a@1:x']).moved).toHaveLength(2)
  expect(selectionChange([], ['a:x']).moved).toEqual([])
})
