import type { FeatureContract } from '@/db/schema'
import {
  type CanonicalValue,
  compareDecimals,
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

const shownValues = (allowed: string[]) =>
  allowed.slice(0, 10).join(', ') + (allowed.length > 10 ? ', …' : '')

/** What the error of each rule says behind the column's name. */
export const contractReasons = ({ min, max, allowed, pattern }: FeatureContract) => ({
  nullable: 'is null, which the contract does not allow',
  min: `is below the contract's least value ${min}`,
  max: `is above the contract's greatest value ${max}`,
  allowed: `is not one of the contract's values: ${shownValues(allowed ?? [])}`,
  pattern: `does not match the contract's pattern ${pattern}`,
})

type Reasons = ReturnType<typeof contractReasons>

/** How a value lies to a bound: floats as doubles, all else digit by digit. NaN is within no bound. */
function comparedWith(type: FeatureType, bound: number | string): (value: CanonicalValue) => number {
  if (type.kind === 'float32' || type.kind === 'float64') return (value) => Number(value) - Number(bound)
  if (typeof bound === 'number' && Number.isInteger(bound))
    return (value) =>
      typeof value === 'bigint' || typeof value === 'number'
        ? value < bound
          ? -1
          : Number(value > bound)
        : compareDecimals(String(value), String(bound))
  return (value) => compareDecimals(String(value), String(bound))
}

const rangeChecks = (type: FeatureType, { min, max }: FeatureContract, reasons: Reasons): ContractCheck[] => {
  const checks: ContractCheck[] = []
  if (min !== undefined) {
    const compare = comparedWith(type, min)
    checks.push((value) => (compare(value) >= 0 ? null : { rule: 'min', reason: reasons.min }))
  }
  if (max !== undefined) {
    const compare = comparedWith(type, max)
    checks.push((value) => (compare(value) <= 0 ? null : { rule: 'max', reason: reasons.max }))
  }
  return checks
}

function allowedCheck(type: FeatureType, allowed: string[], reason: string): ContractCheck {
  const fragments = new Set<string>()
  for (const text of allowed) {
    const converted = convertText(type, text)
    if (converted.ok) fragments.add(toFragment(type, converted.value))
  }
  return (value) => (fragments.has(toFragment(type, value)) ? null : { rule: 'allowed', reason })
}

/** Values come from many hands and patterns too: neither may keep the process busy. */
function patternCheck(source: string, reason: string): ContractCheck {
  const pattern = linearPattern(source)
  const fault = (why: string): ContractFault => ({ rule: 'pattern', reason: why })
  return (value) => {
    const text = String(value)
    if (text.length > pattern.longestText)
      return fault(
        `is longer than the ${pattern.longestText} characters that the contract's pattern is matched against`,
      )
    return pattern.test(text) ? null : fault(reason)
  }
}

/** The checks of a contract that look at one value. Share of nulls and uniqueness need the batch: see batch-check. */
export function contractCheck(type: FeatureType, contract: FeatureContract): ContractCheck {
  const reasons = contractReasons(contract)
  const checks = isNumericType(type) ? rangeChecks(type, contract, reasons) : []
  if (contract.allowed) checks.push(allowedCheck(type, contract.allowed, reasons.allowed))
  if (contract.pattern && type.kind === 'string') checks.push(patternCheck(contract.pattern, reasons.pattern))
  const nullable = contract.nullable !== false
  return (value) => {
    if (value === null) return nullable ? null : { rule: 'nullable', reason: reasons.nullable }
    for (const check of checks) {
      const fault = check(value)
      if (fault) return fault
    }
    return null
  }
}
