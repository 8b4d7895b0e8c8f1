import { describe, expect, it } from 'vitest'
import { changedByOthers, takeTheirs, takeUncontested } from './merge'

const base = { description: 'Old.', tags: 'a', cadence: 'P1D', 'features.gone': 'int64' }

describe('somebody else changed the same thing', () => {
  const mine = { ...base, description: 'Mine.', tags: 'a b', 'features.new': 'string' }
  const { 'features.gone': _, ...kept } = base
  const theirs = { ...kept, description: 'Theirs.', tags: 'a b', cadence: 'PT1H' }
  const changed = changedByOthers(base, mine, theirs)

  it('tells each field that differs, and which both changed', () => {
    expect(changed).toEqual([
      { field: 'description', base: 'Old.', mine: 'Mine.', theirs: 'Theirs.', isConflict: true },
      { field: 'cadence', base: 'P1D', mine: 'P1D', theirs: 'PT1H', isConflict: false },
      { field: 'features.gone', base: 'int64', mine: 'int64', theirs: undefined, isConflict: false },
    ])
  })

  it('takes over what only they changed, and loses nothing that was typed', () => {
    expect(takeUncontested(mine, changed)).toEqual({
      description: 'Mine.',
      tags: 'a b',
      cadence: 'PT1H',
      'features.new': 'string',
    })
  })

  it('takes theirs for one field', () => {
    const [first] = changed
    if (!first) throw new Error('There is a change.')
    expect(takeTheirs(mine, first).description).toBe('Theirs.')
    expect(takeTheirs(mine, { ...first, theirs: undefined })).not.toHaveProperty('description')
  })
})

it('is nothing while nobody else changed anything', () => {
  expect(changedByOthers(base, { ...base, tags: 'b' }, base)).toEqual([])
})
