import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cell, csvReader } from './csv-records'

function read(text: string, size = text.length || 1): Cell[][] {
  const reader = csvReader(1000)
  const records: Cell[][] = []
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)))
  return [...records, ...reader.end()]
}

/** The same rules by another parser. */
const reference = (text: string): Cell[][] =>
  parse(text, {
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n'],
    cast: (cell, { quoting }) => (cell === '' && !quoting ? null : cell),
  })

describe('csvReader', () => {
  it.each([
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [',""\n', [[null, '']]],
    ['"a""b","c\r\nd"\n', [['a"b', 'c\r\nd']]],
    ['a\n\n\r\nb\n', [['a'], ['b']]],
    [
      'a,\n,b',
      [
        ['a', null],
        [null, 'b'],
      ],
    ],
    ['""\nx\n', [[''], ['x']]],
    [' a , "b"', null],
    ['', []],
  ])('%j', (text, records) => {
    if (records) expect(read(text)).toEqual(records)
    else expect(() => read(text)).toThrow('quote')
  })

  it.each([
    ['a\n"b', 'never closed', 2],
    ['a\n"b"c', 'follows a closing quote', 2],
    ['a,b"c\n', 'inside cell 2', 1],
    [`a\n${'x'.repeat(1001)}`, 'longer than', 2],
  ])('refuses %j', (text, reason, record) => {
    for (const size of [1, 1000]) {
      expect(() => read(text, size)).toThrow(
        expect.objectContaining({ record, message: expect.stringContaining(reason) }),
      )
    }
  })

  it('reads records of any length in small pieces', () => {
    const reader = csvReader(4_000_000)
    const records: Cell[][] = []
    const cells = ['x'.repeat(1_000_000), `${'y,"\n'.repeat(100_000)}`, 'z']
    const text = cells.map((cell) => `1,"${cell.replaceAll('"', '""')}"\r\n`).join('')
    for (let at = 0; at < text.length; at += 1000) records.push(...reader.push(text.slice(at, at + 1000)))
    expect([...records, ...reader.end()]).toEqual(cells.map((cell) => ['1', cell]))
  })

  it('reads what was written, however it is cut, as another parser does', () => {
    const cell = fc
      .array(fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), { maxLength: 4 })
      .map((parts) => parts.join(''))
    const written = fc
      .record({ cell, quoted: fc.boolean() })
      .map(({ cell: text, quoted }) =>
        quoted || /[,"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
      )
    const line = fc.tuple(fc.array(written, { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n'))
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 9 }), (lines, size) => {
        const text = lines.map(([cells, end]) => cells.join(',') + end).join('')
        expect(read(text, size)).toEqual(reference(text))
      }),
      { numRuns: 500 },
    )
  })
})
