import { describe, expect, test } from 'vitest'
import type { Contract } from '@/lib/registry/operations'
import { contractCells, contractOf, contractWords } from './contract-cells'

const contracts: Contract[] = [
  {},
  { nullable: false, min: 0, max: 1.5 },
  { nullable: true },
  { min: '9007199254740993' },
  { allowed: ['A', 'B or C'], pattern: '[A-Z|]+' },
  { allowed: ['a|b', ' spaced ', '[0]', ''] },
  { max_null_share: 0.1, unique: true, enforcement: 'warn', enforcement_by_term: { min: 'strict' }, min: -1 },
]

describe('a contract in the cells of a grid', () => {
  test.each(contracts)('comes back as it was: %j', (contract) => {
    const { cells, rest } = contractCells(contract)
    expect(contractOf(cells, rest)).toEqual(Object.keys(contract).length > 0 ? { contract } : {})
  })

  test('what is typed is handed on as it stands where it says nothing', () => {
    const cells = { nullable: 'maybe', min: 'low', max: ' 7 ', allowed: '[not json | b' }
    expect(contractOf(cells)).toEqual({
      contract: { nullable: 'maybe', min: 'low', max: 7, allowed: ['[not json', 'b'] },
    })
  })

  test('an emptied cell takes its term away and leaves what has no cell', () => {
    const { cells, rest } = contractCells({ min: 0, unique: true })
    expect(contractOf({ ...cells, min: '' }, rest)).toEqual({ contract: { unique: true } })
  })

  test('in words', () => {
    const { cells } = contractCells({ nullable: false, min: 0, max: 1, allowed: ['a', 'b'], pattern: 'x+' })
    expect(contractWords(cells)).toBe('no nulls, ≥ 0, ≤ 1, one of a | b, matches x+')
    expect(contractWords({})).toBe('')
  })
})
