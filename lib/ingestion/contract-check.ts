import type { FeatureContract } from '@/db/schema'
import {
  type CanonicalValue,
  convertText,
  type FeatureType,
  isNumericType,
  toFragment,
} from '@/lib/core/feature-type'
import { linearPattern } from '@/lib/core/pattern'

export interface ContractFault {
  rule: 'nullable' | 'min' | 'max' | 'allowed' | 'pattern'
  reason: string
}

/** What one value breaks of its contract, or null. */
export type ContractCheck = (value: CanonicalValue) => ContractFault | null

const numberOf = (value: CanonicalValue): number | bigint =>
  typeof value === 'bigint' ? value : Number(value)

/** NaN is within no bound. */
const rangeChecks = (contract: FeatureContract): ContractCheck[] => {
  const { min, max } = contract
  const checks: ContractCheck[] = []
  if (min !== undefined) {
    checks.push((value) =>
      numberOf(value) >= min ? null : { rule: 'min', reason: `is below the contract's least value ${min}` },
    )
  }
  if (max !== undefined) {
    checks.push((value) =>
      numberOf(value) <= max
        ? null
        : { rule: 'max', reason: `is above the contract's greatest value ${max}` },
    )
  }
  return checks
}

function allowedCheck(type: FeatureType, allowed: string[]): ContractCheck {
  const fragments = new Set<string>()
  for (const text of allowed) {
    const converted = convertText(type, text)
    if (converted.ok) fragments.add(toFragment(type, converted.value))
  }
  const shown = allowed.slice(0, 10).join(', ') + (allowed.length > 10 ? ', …' : '')
  return (value) =>
    fragments.has(toFragment(type, value))
      ? null
      : { rule: 'allowed', reason: `is not one of the contract's values: ${shown}` }
}

/** Values come from many hands and patterns too: neither may keep the process busy. */
function patternCheck(source: string): ContractCheck {
  const pattern = linearPattern(source)
  const fault = (reason: string): ContractFault => ({ rule: 'pattern', reason })
  return (value) => {
    const text = String(value)
    if (text.length > pattern.longestText)
      return fault(
        `is longer than the ${pattern.longestText} characters that the contract's pattern is matched against`,
      )
    return pattern.test(text) ? null : fault(`does not match the contract's pattern ${source}`)
  }
}

/** The checks of a contract that look at one value. Share of nulls and uniqueness need the batch: see batch-check. */
export function contractCheck(type: FeatureType, contract: FeatureContract): ContractCheck {
  const checks = isNumericType(type) ? rangeChecks(contract) : []
  if (contract.allowed) checks.push(allowedCheck(type, contract.allowed))
  if (contract.pattern && type.kind === 'string') checks.push(patternCheck(contract.pattern))
  const nullable = contract.nullable !== false
  return (value) => {
    if (value === null)
      return nullable ? null : { rule: 'nullable', reason: 'is null, which the contract does not allow' }
    for (const check of checks) {
      const fault = check(value)
      if (fault) return fault
    }
    return null
  }
}
