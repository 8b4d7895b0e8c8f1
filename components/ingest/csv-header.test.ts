import { describe, expect, it } from 'vitest'
import { declaredSpellings, readCsvHeader, renameCsvColumns, renameHeader } from './csv-header'

describe('renameHeader', () => {
  it('renames by the exact cell and quotes what needs it', () => {
    expect(renameHeader('id,"Temp, C","a ""b""",when', { 'Temp, C': 'temp_c', 'a "b"': 'a_b' })).toBe(
      'id,temp_c,a_b,when',
    )
    expect(renameHeader('id,"Temp, C"', {})).toBe('id,"Temp, C"')
  })
})

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

describe('renameCsvColumns', () => {
  it('keeps every byte behind the header', async () => {
    const file = new Blob(['\uFEFFStation ID,When\r\n7,"x\ny"\r\n8,\r\n'])
    const renamed = await renameCsvColumns(file, { 'Station ID': 'station_id', When: 'when' })
    expect(await renamed.text()).toBe('station_id,when\n7,"x\ny"\r\n8,\r\n')
  })

  it('returns the file itself when nothing is renamed', async () => {
    const file = new Blob(['a\n1\n'])
    expect(await renameCsvColumns(file, {})).toBe(file)
  })
})
