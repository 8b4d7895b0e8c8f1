import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearPattern } from '.'

const part = fc.constantFrom(
  ...['a', 'b', '.', '[ab]', '[^a]', '\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\b', '^', '$', '😀', 'É'],
  ...[
    '\\u{1F600}',
    '[\\]a]',
    '[a-c]',
    '[-a]',
    '[a-]',
    '[^\\s]',
    '[\\d.]',
    '\\.',
    '\\x61',
    '\\n',
    '-',
    '[\\u00e9]',
  ],
)
const quantifiers = fc.constantFrom('', '*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '+?')
const patterns = fc
  .array(
    fc.array(
      fc.tuple(part, quantifiers).map(([one, often]) => (/^(?:\^|\$|\\[bB])$/.test(one) ? one : one + often)),
      { maxLength: 4 },
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((options) => options.map((parts) => parts.join('')).join('|'))
const texts = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'A',
    'É',
    'é',
    '😀',
    '1',
    ' ',
    '\u00a0',
    '\n',
    '\r',
    '\u2028',
    '.',
    ']',
    '-',
  ),
  maxLength: 5,
})

describe('a pattern as the engine runs it', () => {
  it('matches what the language says', async () => {
    const connection = await (await DuckDBInstance.create()).connect()
    const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`
    let translated = 0
    await fc.assert(
      fc.asyncProperty(patterns, fc.array(texts, { minLength: 5, maxLength: 20 }), async (source, values) => {
        const { re2, test } = linearPattern(source)
        fc.pre(re2 !== null)
        translated++
        const result = await connection.runAndReadAll(
          `SELECT regexp_matches(x, ${quoted(re2 ?? '')}) FROM unnest([${values.map(quoted).join(', ')}]) t(x)`,
        )
        expect(result.getRows().map(([matches]) => matches)).toEqual(values.map(test))
      }),
      { numRuns: 1000 },
    )
    connection.closeSync()
    expect(translated).toBeGreaterThan(900)
  })

  it.each(['\\B', 'a^', '$a', '\\p{Lu}', '\\ud83d\\ude00', '\\cA', 'a{1001}', `${'(ab){9}'.repeat(30)}`])(
    '%s is left to the exact check',
    (source) => {
      expect(linearPattern(source).re2).toBeNull()
    },
  )
})
