import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from './errors'
import { isLosslessNumber, parseJson, stringifyJson } from './json'

const failure = (text: string) => {
  try {
    parseJson(text)
  } catch (error) {
    if (error instanceof DomainError) return error
  }
  throw new Error('expected a DomainError')
}

describe('parseJson', () => {
  it('keeps every digit of wide integers', () => {
    expect(parseJson('[9007199254740993, -9223372036854775808, 9007199254740991, 12]')).toEqual([
      9007199254740993n,
      -9223372036854775808n,
      9007199254740991,
      12,
    ])
  })

  it('keeps numbers that a double rounds, and only those', () => {
    const values = parseJson(
      '[0.1, 12345678901234567.25, 1e400, 0.30000000000000004, 9007199254740993.0]',
    ) as unknown[]
    expect(values[0]).toBe(0.1)
    expect(values[3]).toBe(0.30000000000000004)
    for (const index of [1, 2, 4]) expect(isLosslessNumber(values[index])).toBe(true)
    expect(String(values[2])).toBe('1e400')
  })

  it('keeps a number of a million digits without the cost of a bigint', () => {
    const digits = '7'.repeat(1_000_000)
    const [value] = parseJson(`[${digits}]`) as unknown[]
    expect(isLosslessNumber(value)).toBe(true)
    expect(stringifyJson([value])).toBe(`[${digits}]`)
  })

  it('leaves digits inside strings alone', () => {
    const text = '{"a":"x 9007199254740993 \\" 1","b":9007199254740993,"c\\\\":"\\\\"}'
    expect(parseJson(text)).toEqual({ a: 'x 9007199254740993 " 1', b: 9007199254740993n, 'c\\': '\\' })
  })

  it('treats __proto__ and constructor as ordinary names', () => {
    for (const number of ['1', '9007199254740993']) {
      const value = parseJson(`{"__proto__":{"x":${number}},"constructor":${number}}`) as Record<
        string,
        unknown
      >
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(stringifyJson(value)).toBe(`{"__proto__":{"x":${number}},"constructor":${number}}`)
    }
  })

  it('says line and column', () => {
    expect(failure('{\n  "a": 1,\n  "b": }').message).toContain('line 3, column 8')
    expect(failure('{"a":12345678901234567890,}').code).toBe('not_parseable')
    expect(failure('').code).toBe('not_parseable')
    expect(failure('[1,2').message).toContain('line 1, column 5')
    expect(failure('[01234567890123456789]').code).toBe('not_parseable')
  })

  it('refuses what is nested too deep', () => {
    expect(failure('['.repeat(50_000)).code).toBe('too_large')
    expect(parseJson(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeInstanceOf(Array)
  })

  it('agrees with JSON.parse where nothing can be lost', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(stringifyJson(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  it('brings back any mixture of wide integers and texts', () => {
    const leaf = fc.oneof(fc.bigInt(), fc.string({ unit: 'binary' }), fc.constant(null), fc.boolean())
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(leaf, fc.array(tie('node')), fc.dictionary(fc.string(), tie('node'))),
    })).node
    fc.assert(
      fc.property(tree, (value) => {
        const text = stringifyJson(value)
        expect(stringifyJson(parseJson(text))).toBe(text)
      }),
    )
  })
})
