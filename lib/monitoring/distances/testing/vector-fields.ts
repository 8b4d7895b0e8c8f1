import { booleanFields, categoricalFields, embeddingFields, numericFields } from '../../compare/fields'
import { generate } from './generated-samples'
import type { Cell, Side, VectorCase } from './read-vectors'

function rows(side: Side): Cell[] {
  if (!Array.isArray(side)) return generate(side.generator)
  return side.filter((value): value is Cell => !Array.isArray(value))
}

const TOKENS: Record<string, number> = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity }

export const numbers = (side: Side) =>
  rows(side).map((value) => {
    if (value === null || typeof value === 'number') return value
    const token = TOKENS[String(value)]
    if (token === undefined) throw new Error(`Not a number: ${value}`)
    return token
  })
const texts = (side: Side) => rows(side).map((value) => (value === null ? null : String(value)))
const booleans = (side: Side) => rows(side).map((value) => (value === null ? null : value === true))
const embeddings = (side: Side) => (Array.isArray(side) ? side.filter((value) => Array.isArray(value)) : [])

/** The fields that the vectors expect, computed from a case by the functions under test. */
export const compute: Record<
  VectorCase['kind'],
  (reference: Side, current: Side) => Record<string, unknown>
> = {
  numeric: (reference, current) => numericFields(numbers(reference), numbers(current)),
  categorical: (reference, current) => categoricalFields(texts(reference), texts(current)),
  boolean: (reference, current) => booleanFields(booleans(reference), booleans(current)),
  embedding: (reference, current) => embeddingFields(embeddings(reference), embeddings(current)),
}
