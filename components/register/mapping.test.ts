import { describe, expect, it } from 'vitest'
import { featureColumns } from '@/components/forms/feature-grid'
import { fillDown, newRow, pasteBlock, removeRow, setCell } from '@/components/forms/grid-model'
import { type Definition, emptyDefinition } from './definition'
import { followColumns, mappingOf } from './mapping'

const grid = featureColumns(['float64', 'string'], ['public', 'internal'])
const columns = [
  { column: 'Sensor', name: 'sensor' },
  { column: 'read_at', name: 'read_at' },
  { column: 'temp', name: 'temp' },
  { column: 'Mood', name: 'mood' },
]

const row = (name: string, source = '') => newRow(grid, { name, source })
const definition = (over: Partial<Definition> = {}): Definition => ({
  ...emptyDefinition('growth'),
  keys: [{ name: 'sensor', type: 'int64', source: 'Sensor' }],
  timestampKey: 'read_at',
  timestampSource: 'read_at',
  features: [row('temp', 'temp'), row('mood', 'Mood')],
  ...over,
})
const withNames = (...names: string[]) =>
  definition({ features: names.map((name, place) => row(name, ['temp', 'Mood'][place])) })

describe('mappingOf', () => {
  it('says nothing of a column that is called the same', () => {
    expect(mappingOf(definition(), columns)).toMatchObject({
      rename: { Sensor: 'sensor', Mood: 'mood' },
      leftOut: [],
      unfed: [],
      unfedIdentity: [],
    })
  })

  it('follows every name as it stands in the form, also where two are exchanged', () => {
    expect(mappingOf(withNames('temperature', 'mood'), columns).rename).toMatchObject({ temp: 'temperature' })
    expect(mappingOf(withNames('mood', 'temp'), columns).rename).toMatchObject({ temp: 'mood', Mood: 'temp' })
    const moved = definition({ timestampKey: 'seen_at' })
    expect(mappingOf(moved, columns).rename).toMatchObject({ read_at: 'seen_at' })
    const key = definition({ keys: [{ name: 'buoy', type: 'int64', source: 'Sensor' }] })
    expect(mappingOf(key, columns).rename).toMatchObject({ Sensor: 'buoy' })
  })

  it('leaves out what was removed, also where another takes its name', () => {
    const { rename, leftOut } = mappingOf(definition({ features: [row('mood', 'temp')] }), columns)
    expect(rename).toMatchObject({ temp: 'mood', Mood: null })
    expect(leftOut).toEqual(['Mood'])
  })

  it('tells what no column feeds; one that was typed by hand takes a free column of its name', () => {
    const typed = definition({ features: [row('temp', 'temp'), row('mood'), row('wind')] })
    expect(mappingOf(typed, columns)).toMatchObject({ rename: { Mood: 'mood' }, unfed: ['wind'] })
    const other = definition({ timestampKey: 'at', timestampSource: '' })
    expect(mappingOf(other, columns)).toMatchObject({ unfedIdentity: ['at'], leftOut: ['read_at'] })
  })
})

describe('followColumns', () => {
  const before = definition().features
  const sources = (rows: { cells: Record<string, string> }[]) =>
    rows.map(({ cells }) => [cells.name, cells.source])

  it('keeps the column of a row that is renamed, filled or removed', () => {
    expect(sources(followColumns(before, setCell(before, 0, 'name', 'mood'), columns))).toEqual([
      ['mood', 'temp'],
      ['mood', 'Mood'],
    ])
    expect(followColumns(before, fillDown(before, 0, 'type'), columns)[1]?.cells.source).toBe('Mood')
    expect(sources(followColumns(before, removeRow(before, 0), columns))).toEqual([['mood', 'Mood']])
  })

  it('goes by name where a sheet is pasted in another order', () => {
    const pasted = pasteBlock(before, grid, { row: 0, column: 0 }, [['mood'], ['temp'], ['wind']])
    expect(sources(followColumns(before, pasted, columns))).toEqual([
      ['mood', 'Mood'],
      ['temp', 'temp'],
      ['wind', ''],
    ])
    const partly = pasteBlock(before, grid, { row: 0, column: 0 }, [['mood'], ['wind']])
    expect(sources(followColumns(before, partly, columns))).toEqual([
      ['mood', 'Mood'],
      ['wind', ''],
    ])
  })
})
