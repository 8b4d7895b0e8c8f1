import { describe, expect, it } from 'vitest'
import { columnsInOrder } from './rows-answer'

const feature = (name: string) => ({ name, type: 'float64', role: 'feature' })
const masked = (name: string, position: number) => ({
  ...feature(name),
  position,
  classification: 'restricted',
  because: 'Needs a grant.',
  who_can_help: [],
})

describe('columnsInOrder', () => {
  it('puts masked columns where the definition has them', () => {
    const columns = [
      { name: 'id', type: 'int64', role: 'key' },
      { name: 'at', type: 'timestamp', role: 'event_time' },
      feature('b'),
      feature('d'),
    ]
    const found = columnsInOrder({ columns, rows: [], masked: [masked('c', 2), masked('a', 0)] })
    expect(found.map(({ name }) => name)).toEqual(['id', 'at', 'a', 'b', 'c', 'd'])
  })
})
