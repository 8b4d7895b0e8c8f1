import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeatureType } from '@/lib/core/feature-type'
import { type Cell, csvReader } from '../decode/csv-records'
import { type CellScanner, Doubt, StagedText } from './cells'
import { csvCells } from './csv-cells'
import { ndjsonCells } from './ndjson-cells'

const records = (text: string) => {
  const reader = csvReader(1e6)
  return [...reader.push(text), ...reader.end()]
}

/** A body cut in pieces → the cells of each file of three rows; null: in doubt. */
function scanned(
  body: string,
  cuts: number[],
  scannerOf: (out: StagedText) => CellScanner,
): Cell[][][] | null {
  const files: string[] = ['']
  const out = new StagedText(3, (text, _, endsFile) => {
    files[files.length - 1] += Buffer.from(text).toString('utf8')
    if (endsFile) files.push('')
  })
  const bytes = Buffer.from(body)
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  try {
    const scanner = scannerOf(out)
    for (const [index, place] of places.entries()) {
      scanner.push(bytes.subarray(places[index - 1] ?? 0, place))
      out.flush(false)
    }
    scanner.end()
    out.flush(false)
    return files.filter((file) => file !== '').map(records)
  } catch (error) {
    if (error instanceof Doubt) return null
    throw error
  }
}

const cuts = fc.array(fc.nat(), { maxLength: 4 })

describe('cells of CSV', () => {
  const cell = fc.constantFrom('a', 'é', '1', '', ' ', '""', '"x,y"', '"\n"', '"a""b"', '"\r\n"')
  const end = fc.constantFrom('\n', '\n', '\r\n', '\n\n', '')
  const row = fc.tuple(cell, cell, end).map(([a, b, mark]) => `${a},${b}${mark}`)
  const noise = fc.constantFrom('', '', '', '"', ',', '\n', '\r', 'a')
  const body = fc.tuple(fc.array(row, { maxLength: 9 }), noise, fc.nat()).map(([rows, odd, place]) => {
    const text = rows.join('')
    const at = place % (text.length + 1)
    return text.slice(0, at) + odd + text.slice(at)
  })

  it('are those of the decoder, with the number of their row, or in doubt', () => {
    let plain = 0
    fc.assert(
      fc.property(body, cuts, (text, places) => {
        let header: Cell[] = []
        const found = scanned(text, places, (out) => csvCells(out, (cells) => (header = cells)))
        if (found === null) return
        const [first = [], ...rows] = records(text)
        expect(header).toEqual(first)
        expect(found.flat()).toEqual(rows.map((cells, index) => [...cells, String(index + 1)]))
        expect(found.slice(0, -1).every((file) => file.length === 3)).toBe(true)
        if (rows.length > 1) plain++
      }),
      { numRuns: 5000, seed: 7 },
    )
    expect(plain).toBeGreaterThan(100)
  })

  it.each(['a,b\n1,"2"\n\n3,\n', 'a,b\r\n1,2\r\n3,4', '\ufeffa,b\n1,"x""y\nz"\n'])(
    'takes %j as it is',
    (text) => {
      const found = scanned(text, [], (out) => csvCells(out, () => {}))
      expect(found?.flat().map((cells) => cells.slice(0, -1))).toEqual(records(text).slice(1))
    },
  )

  it.each([
    'a,b\n1\n',
    'a,b\n1,2,3\n',
    'a,b\n1,"2',
    'a,b\n1,2"\n',
    'a,b\n"1"x,2\n',
    'a\n1\n',
    '',
    'a,b\n1,\0\n',
  ])('are in doubt in %j', (text) => expect(scanned(text, [], (out) => csvCells(out, () => {}))).toBeNull())
})

describe('cells of NDJSON', () => {
  const columns: { name: string; type: FeatureType | null }[] = [
    { name: 'id', type: { kind: 'int64' } },
    { name: 'naïve "name"', type: { kind: 'string' } },
    { name: 'ok', type: { kind: 'bool' } },
    { name: 'id2', type: { kind: 'float64' } },
    { name: '_op', type: null },
  ]
  const lines = (body: string, places: number[] = []) => {
    const others: string[] = []
    const found = scanned(body, places, (out) =>
      ndjsonCells(out, columns, (line) => {
        others.push(Buffer.from(line).toString('utf8'))
        return 'other'
      }),
    )
    return { found: found?.flat() ?? null, others }
  }

  it('stand in the order of the columns, the row before the operation', () => {
    const { found, others } = lines(
      '{"id":1,"naïve \\"name\\"":"","ok":true,"id2":-1.5e-3}\n' +
        '\n {"_op" : "delete", "id":"9007199254740993" , "ok":null}\r\n{"id2":0,"id":-0}',
    )
    expect(others).toEqual([])
    expect(found).toEqual([
      ['1', '', 'true', '-1.5e-3', '1', null],
      ['9007199254740993', null, null, null, '2', 'delete'],
      ['-0', null, null, '0', '3', null],
    ])
  })

  it.each([
    ['a member twice', '{"id":1,"id":2}'],
    ['an unknown member', '{"id":1,"more":2}'],
    ['an escape', '{"naïve \\"name\\"":"a\\n"}'],
    ['an escaped name', '{"\\u0069d":1}'],
    ['a text for a bool', '{"ok":"true"}'],
    ['a number for a text', '{"naïve \\"name\\"":1}'],
    ['a number that is none', '{"id":01}'],
    ['half a number', '{"id2":1.}'],
    ['a list', '{"id":[1]}'],
    ['no object', '[1]'],
    ['more behind it', '{"id":1} 2'],
    ['no end', '{"id":1'],
    ['a broken text', '{"naïve \\"name\\"":"a}'],
    ['a comma too many', '{"id":1,}'],
    ['no comma', '{"id":1 "ok":true}'],
    ['a broken literal', '{"ok":tru}'],
  ])('leaves %s to the decoder', (_, line) => {
    expect(lines(`{"id":7}\n${line}\n{"id":8}\n`)).toEqual({
      found: [['7', null, null, null, '1', null], ['other'], ['8', null, null, null, '3', null]],
      others: [line],
    })
  })

  const value = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([1]),
  )
  const names = ['id', 'naïve "name"', 'ok', 'id2', '_op', 'unknown']
  const row = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 7 }).chain((members) =>
    fc.constantFrom('', ' ').map((gap) => {
      const text = members.map(([name, one]) => `${JSON.stringify(name)}${gap}:${gap}${JSON.stringify(one)}`)
      return `{${text.join(`${gap},${gap}`)}}`
    }),
  )

  it('are those of the JSON, whichever way the body is cut', () => {
    let plain = 0
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), cuts, (rows, places) => {
        const { found, others } = lines(rows.map((one) => `${one}\n`).join(''), places)
        for (const [index, one] of rows.entries()) {
          const cells = found?.[index]
          if (cells?.[0] === 'other' && cells.length === 1) {
            expect(others).toContain(one)
            continue
          }
          plain++
          const parsed = JSON.parse(one)
          expect(cells?.[4]).toBe(String(index + 1))
          const own = [...(cells ?? []).slice(0, 4), cells?.[5]]
          for (const [place, { name }] of columns.entries()) {
            const wanted = parsed[name] ?? null
            const cell = own[place] ?? null
            if (typeof wanted === 'number') expect(Number(cell)).toBe(wanted === 0 ? Number(cell) : wanted)
            else expect(cell).toBe(wanted === null ? null : String(wanted))
          }
          expect(Object.keys(parsed).every((name) => names.includes(name) && name !== 'unknown')).toBe(true)
        }
      }),
      { numRuns: 3000, seed: 11 },
    )
    expect(plain).toBeGreaterThan(500)
  })
})
