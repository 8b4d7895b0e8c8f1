import { describe, expect, it } from 'vitest'
import { expressionFaults, expressionSql } from './derived'

const columns = [
  { name: 'n', type: 'int64' },
  { name: 'x', type: 'float64' },
  { name: 's', type: 'string' },
  { name: 'order', type: 'int32' },
  { name: 'tags', type: 'array<string>' },
  { name: 'd', type: 'date' },
]

const rowWith = (expression: string, type = 'float64') => ({
  keys: [{ name: 'k', type: 'string' }],
  timestampKey: 't',
  inputs: [{ name: 'i', type: 'int64' }],
  features: [
    ...columns,
    { name: 'y', type: 'bool', role: 'label' },
    { name: 'z', type: 'int64', expression: 'n + 1' },
    { name: 'derived', type, expression },
  ],
})

const faultOf = (expression: string, type?: string) => expressionFaults(rowWith(expression, type))[0]?.message
const sqlOf = (expression: string, type = 'float64') =>
  expressionSql(rowWith(expression, type), { expression, type })

describe('an expression', () => {
  it.each<[string, string, string]>([
    ['x / 60', 'float64', 'TRY(("x" / 60))'],
    ['n + i * 2', 'int64', 'TRY(("n" + ("i" * 2)))'],
    ['-n - -1', 'int64', 'TRY(((- "n") - (- 1)))'],
    ['x * 0.5', 'float64', 'TRY(("x" * CAST(0.5 AS DOUBLE)))'],
    ['n * 0.5', 'decimal(10,1)', 'TRY(("n" * 0.5))'],
    ['order + 1', 'int32', 'TRY(("order" + 1))'],
    ['"order" + 1', 'int32', 'TRY(("order" + 1))'],
    ["upper(s) || 'it''s'", 'string', `TRY((upper("s") || 'it''s'))`],
    ['n > 1 AND NOT x IS NULL OR k = s', 'bool', 'TRY(((("n" > 1) and (not ("x" is null))) or ("k" = "s")))'],
    [
      'case when n in (1, 2) then 1 else 0 end',
      'int64',
      'TRY((case when ("n" in (1, 2)) then 1 else 0 end))',
    ],
    ['n not between 1 and 2', 'bool', 'TRY(("n" not between 1 and 2))'],
    ["date_diff('day', d, t)", 'int64', `TRY(date_diff('day', "d", "t"))`],
    ['tags is not null', 'bool', 'TRY(("tags" is not null))'],
    ['coalesce(x, n, 0)', 'float64', 'TRY(coalesce("x", "n", 0))'],
    ['round(x, -1)', 'float64', 'TRY(round("x", (- 1)))'],
  ])('%s as %s', (expression, type, sql) => {
    expect(faultOf(expression, type)).toBeUndefined()
    expect(sqlOf(expression, type)).toBe(sql)
  })

  it.each<[string, string | undefined, RegExp]>([
    ['nothing + 1', undefined, /no column `nothing`/],
    ['now()', undefined, /`now` is not an allowed function/],
    ['random()', undefined, /not an allowed function/],
    ["read_csv('x')", undefined, /not an allowed function/],
    ['constructor(n)', undefined, /not an allowed function/],
    ['(select 1)', undefined, /no column `select`/],
    ['n; drop table x', undefined, /`;` has no place/],
    ['n -- comment', undefined, /no column `comment`/],
    ['n /* x */', undefined, /value was expected/],
    ['$1', undefined, /`\$` has no place/],
    ['n +', undefined, /value was expected where the end/],
    ['n n', undefined, /should end/],
    ['(n', undefined, /`\)` was expected/],
    ["s || 'a", undefined, /`'` has no place/],
    ['s + 1', undefined, /\+ needs a number, and this is a string/],
    ['upper(n)', undefined, /upper needs a string/],
    ['tags = tags', 'bool', /does not work on lists/],
    ["date_trunc('century', t)", 'timestamp', /takes one of 'year'/],
    ['round()', undefined, /takes 1 to 2 values/],
    ['case when n then 1 end', undefined, /when needs a bool/],
    ["coalesce(n, 'a')", undefined, /values of one kind/],
    ['x / 60', 'string', /gives a number, and the feature is string/],
    ['n', 'json', /the feature is json/],
    ['z + 1', undefined, /is derived itself/],
    ['y', 'bool', /is a label/],
    ['null', undefined, /null in every row/],
    ['left(s, n)', 'string', /takes a whole number/],
    ['derived + 1', undefined, /is derived itself/],
    [`${'('.repeat(20_000)}n${')'.repeat(20_000)}`, undefined, /at most 500 words and signs/],
  ])('%.40s is refused', (expression, type, reason) => {
    expect(faultOf(expression, type)).toMatch(reason)
  })

  it('says where', () => {
    expect(expressionFaults(rowWith('n + nothing'))).toEqual([
      {
        path: ['features', 8, 'expression'],
        message: 'there is no column `nothing` in the row (character 5)',
      },
    ])
  })
})
