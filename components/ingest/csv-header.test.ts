import { describe, expect, it } from 'vitest'
import { declaredSpellings, readCsvHeader } from './csv-header'

describe('declaredSpellings', () => {
  it('finds the declared column that a header means, and nothing else', () => {
    const declared = ['pallet_ref', 'seen_at', 'temp']
    expect(declaredSpellings(['Pallet Ref', 'seenAt', 'temp', 'Other'], declared)).toEqual({
      'Pallet Ref': 'pallet_ref',
      seenAt: 'seen_at',
    })
    expect(declaredSpellings(['Temp', 'temp'], declared)).toEqual({})
  })

  it('reads the header of a file', async () => {
    expect(await readCsvHeader(new Blob(['\uFEFFPallet Ref,"a, b"\r\n1,2\n']))).toEqual([
      'Pallet Ref',
      'a, b',
    ])
  })
})
