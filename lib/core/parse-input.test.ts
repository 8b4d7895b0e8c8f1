import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseInput } from './parse-input'

const reasons = (schema: z.ZodType, input: unknown) => {
  try {
    parseInput(schema, input)
  } catch (error) {
    return error instanceof Error ? error.message : null
  }
  return null
}

describe('what is no number', () => {
  it.each([
    [z.string(), Number.NaN, 'must be a text; `.nan` is a number of YAML unless it stands in quotes'],
    [
      z.string().nullish(),
      -Infinity,
      'must be a text; `.inf` is a number of YAML unless it stands in quotes',
    ],
    [
      z.union([z.string(), z.strictObject({})]),
      Number.NaN,
      'must be a text; `.nan` is a number of YAML unless it stands in quotes',
    ],
    [z.array(z.string()), Number.NaN, 'must be of type array, and `.nan` is a number of YAML'],
    [z.coerce.number(), 'seven', 'must be a number'],
    [z.int(), Infinity, 'must be a finite number'],
  ])('%#: is told by what was wanted', (schema, input, reason) => {
    expect(reasons(z.object({ a: schema }), { a: input })).toBe(`/a: ${reason}`)
  })
})
