import type { FeatureContract } from '@/db/schema'
import type { RowPlan } from '../row-plan'

const shown = (allowed: string[]) => allowed.slice(0, 10).join(', ') + (allowed.length > 10 ? ', …' : '')

function ofFeature(rule: string, contract: FeatureContract): string | null {
  switch (rule) {
    case 'min':
      return `at least ${contract.min}`
    case 'max':
      return `at most ${contract.max}`
    case 'allowed':
      return `one of: ${shown(contract.allowed ?? [])}`
    case 'pattern':
      return `matches ${contract.pattern}`
    case 'nullable':
      return 'never null'
    case 'max_null_share':
      return `a share of at most ${contract.max_null_share} null`
    case 'unique':
      return 'unique in a batch'
    default:
      return null
  }
}

export const checkRule = (name: string) => `check:${name}`

/** What the broken rule promised, in words. */
export function promisedBy({ columns, warned, door }: RowPlan, rule: string, column: string | null): string {
  const check = door.checks.find(({ name }) => checkRule(name) === rule)
  if (check) return check.expression
  for (const own of [...columns, ...warned]) {
    if (own.name !== column || !own.contract) continue
    const words = ofFeature(rule, own.contract)
    if (words !== null) return words
  }
  if (rule === 'unique') return `no two rows of a batch have the same (${column})`
  return 'rows fit the schema'
}
