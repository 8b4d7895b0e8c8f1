import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonRepeated, parseUniqueJson } from './json'

const repeatedIn = (text: string) => parseJsonRepeated(text).repeated

describe('members that stand twice', () => {
  it.each([
    ['{"id":1,"id":2}', [['id']]],
    ['{"id":1,"\\u0069d":2}', [['id']]],
    [
      '{"rows":[{"a":1},{"a":1,"b":{"c":[{"d":1,"d":1}]},"a":2}]}',
      [
        ['rows', 1, 'b', 'c', 0, 'd'],
        ['rows', 1, 'a'],
      ],
    ],
    ['{"__proto__":1,"__proto__":2}', [['__proto__']]],
    ['{"":1,"":2, "" : 3}', [[''], ['']]],
    ['[[{"a":1,"a":99999999999999999999}]]', [[0, 0, 'a']]],
    ['{"a":"{\\"b\\":1,\\"b\\":2}","b":": \\" :"}', []],
    ['[{"a":1},{"a":1}]', []],
    ['7', []],
  ])('%s', (text, paths) => {
    expect(repeatedIn(text)).toEqual(paths)
  })

  it('are none in what JSON itself writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(repeatedIn(JSON.stringify(value))).toEqual([])
      }),
    )
  })

  it('refuse a body, with a pointer to each', () => {
    expect(() => parseUniqueJson('{"a/b":{"c":1,"c":2}}')).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: { errors: [expect.objectContaining({ pointer: '/a~1b/c' })] },
      }),
    )
    expect(parseUniqueJson('{"a":{"c":1}}')).toEqual({ a: { c: 1 } })
  })
})
