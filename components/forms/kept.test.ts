import { describe, expect, test } from 'vitest'
import {
  anything,
  count,
  flag,
  isA,
  listOf,
  objectOf,
  oneOf,
  orElse,
  orNull,
  readKept,
  recordOf,
  text,
} from './kept'

const isDay = (value: unknown): value is `${number}` => typeof value === 'string' && /^\d+$/.test(value)

const read = readKept(
  objectOf({
    name: text,
    kind: oneOf(['file', 'table']),
    rows: listOf(objectOf({ key: text, cells: recordOf(text) })),
    isOpen: flag,
    place: count,
    note: orNull(text),
    source: orElse(text, 'by hand'),
    day: isA(isDay),
    rest: recordOf(anything),
  }),
)
const whole = {
  name: 'a',
  kind: 'file',
  rows: [{ key: '1', cells: { b: 'c' } }],
  isOpen: true,
  place: 3,
  note: null,
  day: '7',
  rest: { left: [1] },
}

describe('what a browser kept', () => {
  test('is read with what drafts of before have not, and without what nobody asked for', () => {
    expect(read({ ...whole, more: 1 })).toEqual({ ...whole, source: 'by hand' })
    expect(read({ ...whole, note: 'x', source: 'file' })).toEqual({ ...whole, note: 'x', source: 'file' })
  })

  test.each([
    ['no object', null],
    ['a list for an object', [whole]],
    ['a member that is absent', { ...whole, name: undefined }],
    ['a number for a text', { ...whole, name: 1 }],
    ['a name that is not one of them', { ...whole, kind: 'topic' }],
    ['an object for a list', { ...whole, rows: {} }],
    ['a wrong item of a list', { ...whole, rows: [{ key: '1' }] }],
    ['a wrong value of a record', { ...whole, rows: [{ key: '1', cells: { b: 2 } }] }],
    ['a list for a record', { ...whole, rest: [] }],
    ['a text for a flag', { ...whole, isOpen: 'true' }],
    ['a text for a number', { ...whole, place: '3' }],
    ['a null where a text has to be', { ...whole, source: null }],
    ['what a check by hand refuses', { ...whole, day: 'x' }],
  ])('is refused: %s', (_, value) => {
    expect(read(value)).toBeNull()
  })

  test('of a member that every object inherits is none', () => {
    expect(readKept(objectOf({ constructor: anything, toString: orElse(text, '') }))({})).toEqual({
      constructor: undefined,
      toString: '',
    })
  })
})
