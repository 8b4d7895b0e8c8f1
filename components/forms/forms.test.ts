import { describe, expect, test } from 'vitest'
import { clearDraft, readDraft, writeDraft } from './draft-store'
import { featureColumns, gridErrors } from './feature-grid'
import { fillDown, filledRows, newRow, pasteBlock, setCell } from './grid-model'
import { pointerToPath, problemToFields } from './problem-fields'
import { parseSheet } from './sheet'

const columns = featureColumns(['float64', 'int64'], ['public', 'internal'])

describe('sheet', () => {
  test('cells by tab, rows by line, Windows line ends, one end at the end', () => {
    expect(parseSheet('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  test('quotes hold tabs, lines and quotes', () => {
    expect(parseSheet('"x\ty"\t"say ""hi""\nagain"')).toEqual([['x\ty', 'say "hi"\nagain']])
  })

  test('an empty cell keeps its place', () => {
    expect(parseSheet('a\t\tb')).toEqual([['a', '', 'b']])
    expect(parseSheet('')).toEqual([])
  })
})

describe('grid', () => {
  const rows = [newRow(columns, { name: 'first' }), newRow(columns)]

  test('sixty pasted columns become sixty rows, with options matched by value', () => {
    const block = Array.from({ length: 60 }, (_, index) => [`f${index}`, 'INT64'])
    const pasted = pasteBlock(rows, columns, { row: 1, column: 0 }, block)
    expect(pasted).toHaveLength(61)
    expect(pasted[0]?.cells.name).toBe('first')
    expect(pasted[60]?.cells).toMatchObject({ name: 'f59', type: 'int64', classification: 'internal' })
    expect(new Set(pasted.map((row) => row.key)).size).toBe(61)
  })

  test('a value that is no option is kept to be judged, not dropped', () => {
    expect(pasteBlock(rows, columns, { row: 0, column: 1 }, [['decimal']])[0]?.cells.type).toBe('decimal')
  })

  test('a word of an option is that option', () => {
    const pasted = pasteBlock(rows, columns, { row: 0, column: 5 }, [['Aggregates only', 'None']])
    expect(pasted[0]?.cells).toMatchObject({ permitted_use: 'aggregate_only', nullable: 'none' })
  })

  test('what is pasted past the last column is left out', () => {
    const pasted = pasteBlock(rows, columns, { row: 0, column: columns.length - 1 }, [['A+', 'beyond']])
    expect(pasted[0]?.cells.pattern).toBe('A+')
    expect(Object.keys(pasted[0]?.cells ?? {})).toEqual(columns.map(({ id }) => id))
  })

  test('fill down changes the rows beneath alone', () => {
    const three = [...rows, newRow(columns)]
    const set = setCell(three, 1, 'classification', 'public')
    expect(fillDown(set, 1, 'classification').map((row) => row.cells.classification)).toEqual([
      'internal',
      'public',
      'public',
    ])
  })

  test('rows in which nothing was typed do not count', () => {
    expect(filledRows(rows, columns)).toHaveLength(1)
  })

  test('errors of the server land on their cells, the others are kept', () => {
    const { errors, rest } = gridErrors(
      {
        'features.0.name': 'taken',
        'features.1.contract.min': 'not a number',
        'features.9.name': 'x',
        name: 'y',
      },
      'features',
      rows,
    )
    expect(errors).toEqual({ '0.name': 'taken', '1.min': 'not a number' })
    expect(rest).toEqual({ 'features.9.name': 'x', name: 'y' })
  })
})

describe('problems', () => {
  test('pointers become paths, escapes included', () => {
    expect(pointerToPath('/features/0/name')).toBe('features.0.name')
    expect(pointerToPath('#/a~1b/c~0d')).toBe('a/b.c~d')
    expect(pointerToPath('')).toBe('')
  })

  test('an error goes to its field, else to the nearest one above, else to the form', () => {
    const known = new Set(['name', 'tags'])
    const { fields, form } = problemToFields(
      {
        errors: [
          { pointer: '/name', reason: 'is taken' },
          { pointer: '/name', reason: 'a second one' },
          { pointer: '/tags/2', reason: 'is empty' },
          { pointer: '/unknown', reason: 'is not known' },
          { pointer: '', reason: 'must be an object' },
        ],
      },
      (path) => known.has(path),
    )
    expect(fields).toEqual({ name: 'is taken', tags: 'is empty' })
    expect(form).toEqual(['/unknown: is not known', 'must be an object'])
  })

  test('a problem without a list speaks for the whole form', () => {
    expect(problemToFields({ detail: 'You may not.' }, () => true).form).toEqual(['You may not.'])
  })
})

describe('drafts', () => {
  function storage() {
    const map = new Map<string, string>()
    return {
      map,
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
      removeItem: (key: string) => void map.delete(key),
    }
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : null)

  test('what was written comes back until it is cleared', () => {
    const store = storage()
    expect(writeDraft(store, 'register', 'typed', new Date('2026-05-03T12:00:00Z'))).toBe(true)
    expect(readDraft(store, 'register', text)).toEqual({
      savedAt: '2026-05-03T12:00:00.000Z',
      value: 'typed',
    })
    clearDraft(store, 'register')
    expect(readDraft(store, 'register', text)).toBeNull()
  })

  test('a draft of another shape is dropped, broken text does not throw, a full storage is told', () => {
    const store = storage()
    writeDraft(store, 'register', 42, new Date())
    expect(readDraft(store, 'register', text)).toBeNull()
    expect(store.map.size).toBe(0)
    store.map.set('almanac.draft.register', '{')
    expect(readDraft(store, 'register', text)).toBeNull()
    const full = {
      ...store,
      setItem: () => {
        throw new Error('full')
      },
    }
    expect(writeDraft(full, 'register', 'x', new Date())).toBe(false)
  })
})
