import { z } from 'zod'
import {
  compareDecimals,
  convertText,
  doubleHoldsText,
  type FeatureType,
  isNumericType,
  parseFeatureType,
} from '@/lib/core/feature-type'
import { isLosslessNumber } from '@/lib/core/json'
import { linearPattern, PatternFault } from '@/lib/core/pattern'
import { textSchema } from './fields'

const numberText = z
  .string()
  .max(400)
  .regex(/^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/, 'is not a number')

/** A bound: a number, or the text of one that a double does not hold, as `9007199254740993`. */
const boundSchema = z.preprocess(
  (value) => (typeof value === 'bigint' || isLosslessNumber(value) ? String(value) : value),
  z
    .union([z.number(), numberText], { error: 'must be a number, or the text of one' })
    .transform((value) => (typeof value === 'string' && doubleHoldsText(value) ? Number(value) : value)),
)

const enforcementSchema = z
  .enum(['strict', 'warn'])
  .describe('`strict` refuses or holds back what breaks the term, `warn` takes it in and reports it.')

const termNames = ['min', 'max', 'allowed', 'pattern', 'nullable', 'max_null_share', 'unique'] as const

/** What the values of one feature promise. */
export const contractSchema = z.strictObject({
  min: boundSchema.optional(),
  max: boundSchema.optional(),
  allowed: z.array(textSchema(500)).min(1).max(1000).optional(),
  pattern: textSchema(500, 1).optional(),
  nullable: z.boolean().optional(),
  max_null_share: z.number().min(0).max(1).optional(),
  unique: z.boolean().optional(),
  enforcement: enforcementSchema.optional(),
  enforcement_by_term: z.partialRecord(z.enum(termNames), enforcementSchema).optional(),
})

export type Contract = z.output<typeof contractSchema>

export interface Fault {
  path: (string | number)[]
  message: string
}

const kindsWithSets = new Set(['string', 'bool', 'int32', 'int64', 'date', 'decimal'])

function patternFault(pattern: string): string | null {
  try {
    linearPattern(pattern)
    return null
  } catch (error) {
    if (error instanceof PatternFault) return error.message
    throw error
  }
}

/** An allowed value is written as text, in the form that the type has in CSV. */
const isOfType = (type: FeatureType, text: string): boolean => convertText(type, text).ok

/** What in a contract its feature's type cannot keep. Paths are relative to the contract. */
export function contractFaults(contract: Contract, typeText: string): Fault[] {
  const type = parseFeatureType(typeText)
  if (!type) return []
  const faults: Fault[] = []
  const { min, max, allowed, pattern, nullable, max_null_share: nullShare } = contract
  for (const [term, value] of Object.entries({ min, max })) {
    if (value !== undefined && !isNumericType(type)) {
      faults.push({ path: [term], message: `${term} is for numbers, and this is ${typeText}` })
    }
  }
  if (min !== undefined && max !== undefined && compareDecimals(String(min), String(max)) > 0) {
    faults.push({ path: ['min'], message: `min ${min} is greater than max ${max}` })
  }
  if (allowed && !kindsWithSets.has(type.kind)) {
    faults.push({ path: ['allowed'], message: `a set of values is not kept for ${typeText}` })
  } else {
    allowed?.forEach((text, at) => {
      if (!isOfType(type, text))
        faults.push({ path: ['allowed', at], message: `\`${text}\` is no ${typeText}` })
    })
  }
  if (pattern !== undefined) {
    const reason =
      type.kind === 'string' ? patternFault(pattern) : `pattern is for strings, and this is ${typeText}`
    if (reason) faults.push({ path: ['pattern'], message: reason })
  }
  if (nullable === false && nullShare !== undefined && nullShare > 0) {
    faults.push({ path: ['max_null_share'], message: 'no share of nulls is allowed when nullable is false' })
  }
  return faults
}
