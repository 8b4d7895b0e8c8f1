import { describe, expect, it } from 'vitest'
import { parseFeatureType } from '@/lib/core/feature-type'
import { feastSpelling } from './feast-value'
import { ownReference } from './reference'

const spelled = (typeText: string, fragment: string): string => {
  const type = parseFeatureType(typeText)
  if (!type) throw new Error(`${typeText} is no type`)
  return feastSpelling(type)?.(fragment) ?? fragment
}

describe('a value for Feast’s client', () => {
  it.each([
    ['array<float64>', '[1.5,2.0]', '[1.5,2.0]'],
    ['array<int64>', '[9007199254740993,1]', '[9007199254740993,1]'],
    ['array<string>', '["a","b"]', '["a","b"]'],
    ['array<bool>', '[true,false]', '[true,false]'],
    ['array<float64>', '[]', 'null'],
    ['array<float64>', '[1.0,null]', 'null'],
    ['array<float64>', '[1.0,"NaN"]', 'null'],
    ['array<array<int64>>', '[[1],[2]]', 'null'],
    ['json', '{}', 'null'],
    ['json', '{"a":1}', '{"a":1}'],
    ['json', '[1,2.5]', 'null'],
    ['json', '[1,"a"]', 'null'],
    ['json', '[{"a":1},{"b":null}]', '[{"a":1},{"b":null}]'],
    ['json', '{"a":[1,null]}', 'null'],
    ['json', '{"a":{"b":[]}}', 'null'],
    ['json', '{"a":{}}', '{"a":{}}'],
    ['json', '9223372036854775808', 'null'],
    ['json', 'null', 'null'],
    ['array<string>', '["a",null]', 'null'],
    ['array<string>', '["null"]', '["null"]'],
    ['array<decimal(9,2)>', '["1.50"]', '["1.50"]'],
    ['embedding<2,cosine>', '[0.5,1.0]', '[0.5,1.0]'],
    ['json', '"[]"', '"[]"'],
    ['float64', '2.0', '2.0'],
    ['string', '"[]"', '"[]"'],
  ])('%s %s → %s', (type, fragment, expected) => expect(spelled(type, fragment)).toBe(expected))
})

describe('ownReference', () => {
  it.each([
    ['g:f', 'g:f'],
    ['g@v2:f', 'g@2:f'],
    ['g@latest:f', 'g:f'],
    ['g@v2', 'g@2'],
    ['g@2:f', 'g@2:f'],
    ['g@latestx:f', 'g@latestx:f'],
  ])('%s → %s', (feast, own) => expect(ownReference(feast)).toBe(own))
})
