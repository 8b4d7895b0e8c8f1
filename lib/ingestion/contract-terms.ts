import { type CanonicalValue, convertText, isNumericType } from '@/lib/core/feature-type'
import { linearPattern } from '@/lib/core/pattern'
import type { ColumnTerms } from '@/lib/offline'
import { contractReasons } from './contract-check'
import type { PlanColumn, RowPlan } from './row-plan'

export interface PlannedTerms {
  /** What the engine checks by itself. */
  terms: ColumnTerms[]
  /** Columns whose pattern only the exact check can match. */
  inexact: PlanColumn[]
}

function termsOf({ name, type, contract }: PlanColumn): { terms: ColumnTerms; isExact: boolean } | null {
  if (!contract) return null
  const { nullable, min, max, allowed, pattern } = contract
  const known = allowed?.flatMap((text): CanonicalValue[] => {
    const converted = convertText(type, text)
    return converted.ok ? [converted.value] : []
  })
  const compiled = pattern !== undefined && type.kind === 'string' ? linearPattern(pattern) : null
  const terms: ColumnTerms = {
    column: name,
    nullable: nullable !== false,
    ...(isNumericType(type) ? { min, max } : {}),
    ...(known ? { allowed: known } : {}),
    ...(compiled?.re2 ? { pattern: { re2: compiled.re2, longestText: compiled.longestText } } : {}),
    reasons: contractReasons(contract),
  }
  return { terms, isExact: compiled === null || compiled.re2 !== null }
}

/** The contracts of a version as the engine checks them, in one pass with the types. */
export function contractTerms({ columns }: RowPlan): PlannedTerms {
  const planned: PlannedTerms = { terms: [], inexact: [] }
  for (const column of columns) {
    const found = termsOf(column)
    if (!found) continue
    planned.terms.push(found.terms)
    if (!found.isExact) planned.inexact.push(column)
  }
  return planned
}
