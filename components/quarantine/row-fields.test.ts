import { expect, it } from 'vitest'
import {
  type Column,
  changesOf,
  correctedRow,
  editsOf,
  fieldsOf,
  leftOut,
  textOf,
  valueIn,
} from './row-fields'

const column = (name: string, type: string, derived = false): Column => ({
  name,
  type,
  part: 'Feature',
  derived,
})
const columns = [
  column('id', 'int64'),
  column('at', 'timestamp'),
  column('n', 'int64'),
  column('note', 'string'),
  column('tags', 'array<string>'),
  column('twice', 'int64', true),
]

it.each([
  ['int64', 9007199254740993n, '9007199254740993'],
  ['int64', null, ''],
  ['string', '', '""'],
  ['string', 'null', 'null'],
  ['string', '12', '12'],
  ['array<string>', ['a', 'b'], '["a","b"]'],
  ['bool', false, 'false'],
  ['json', 'text', '"text"'],
  ['json', { a: 1 }, '{"a":1}'],
  ['date', '2026-05-01', '2026-05-01'],
])('a value of %s comes back out of its field as it was: %s', (type, value, text) => {
  expect(textOf(type, value)).toBe(text)
  expect(valueIn(type, text)).toEqual(value)
})

it('sends what is no value as it was typed, to be refused by name', () => {
  expect(valueIn('int64', 'many')).toBe('many')
  expect(valueIn('bool', 'yes')).toBe('yes')
})

it('changes the edited columns alone and keeps the others to the digit', () => {
  const row = { id: 9007199254740993n, at: 'yesterday', n: '5', note: 'x' }
  expect(correctedRow(columns, row, { at: '2026-05-01', note: '' })).toEqual({
    id: 9007199254740993n,
    at: '2026-05-01',
    n: '5',
    note: null,
  })
})

it('tells what was corrected, and what will be', () => {
  const row = { id: 1, at: '2026-05-01', n: 'many', note: '' }
  const changes = [
    { column: 'n', from: 'many', to: '7' },
    { column: 'note', from: '""', to: '' },
  ]
  expect(changesOf(columns, row, { ...row, n: 7, note: null })).toEqual(changes)
  expect(changesOf(columns, row, row)).toEqual([])
  expect(editsOf(columns, row, { id: '1', n: '7', note: '' })).toEqual(changes)
})

it('sends nothing in place of a row that nobody changed', () => {
  expect(correctedRow(columns, { id: 1, at: '2026-05-01' }, {})).toBeUndefined()
  expect(correctedRow(columns, { id: 1, at: '2026-05-01' }, { id: '1', n: '' })).toBeUndefined()
})

it('leaves out what is not declared, but not the operation', () => {
  const row = { id: 1, at: '2026-05-01', extra: 2, _op: 'delete', constructor: 3 }
  expect(leftOut(columns, row)).toEqual(['extra', 'constructor'])
  expect(correctedRow(columns, row, {})).toEqual({ id: 1, at: '2026-05-01', _op: 'delete' })
})

it('shows a derived column only where the row brings it', () => {
  expect(fieldsOf(columns, { id: 1 }).map(({ name }) => name)).not.toContain('twice')
  expect(fieldsOf(columns, { twice: 1 }).map(({ name }) => name)).toContain('twice')
})

it('sends what a text states where the type knows no text', () => {
  const own = [
    column('id', 'int64'),
    column('on', 'bool'),
    column('list', 'array<int64>'),
    column('plan', 'json'),
  ]
  expect(correctedRow(own, { id: '1', on: 'false', list: '[1]', plan: '{}' }, {})).toEqual({
    id: '1',
    on: false,
    list: [1],
    plan: '{}',
  })
  expect(correctedRow(own, { id: 1, on: 'maybe' }, { on: 'true' })).toEqual({ id: 1, on: true })
})
