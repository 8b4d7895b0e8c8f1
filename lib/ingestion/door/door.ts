import type { FeatureContract, GroupTerms } from '@/db/schema'
import type { ContractRow } from '@/lib/contracts'
import { durationSeconds } from '@/lib/core/duration'
import { DomainError } from '@/lib/core/errors'
import { rowCheck, type ServingVersion } from '@/lib/registry'

export type Enforcement = 'strict' | 'warn'

export interface DoorCheck {
  name: string
  /** As it was written, for people. */
  expression: string
  sql: string
  enforcement: Enforcement
}

export interface DoorSet {
  name: string
  columns: string[]
  enforcement: Enforcement
}

/** What a batch must keep beside the terms of single features, before it is committed. */
export interface Door {
  /** The contract in force; null: only features state terms. */
  contract: number | null
  checks: DoorCheck[]
  unique: DoorSet[]
  rows: { min?: number | undefined; max?: number | undefined; enforcement: Enforcement } | null
  freshness: { maxAgeSeconds: number; text: string; enforcement: Enforcement } | null
}

export const openDoor: Door = {
  contract: null,
  checks: [],
  unique: [],
  rows: null,
  freshness: null,
}

type Checked = Pick<ServingVersion, 'keys' | 'timestampKey' | 'features'>

/** A contract fits its version when it is proposed; one from before that was asked for may not, and then nothing comes in. */
const doesNotFit = (what: string, why: string) =>
  new DomainError(
    'conflict',
    `The contract in force promises ${what}, which does not fit this version: ${why}. Its owner has to propose one that fits.`,
  )

function setsOf({ keys, timestampKey, features }: Checked, terms: GroupTerms, own: Enforcement): DoorSet[] {
  const known = new Set([timestampKey, ...[...keys, ...features].map(({ name }) => name)])
  return (terms.unique ?? []).map(({ columns, enforcement }) => {
    const missing = columns.find((name) => !known.has(name))
    const name = columns.join(', ')
    if (missing !== undefined) throw doesNotFit(`that (${name}) is unique`, `it has no column ${missing}`)
    return { name, columns, enforcement: enforcement ?? own }
  })
}

function checksOf(version: Checked, terms: GroupTerms, own: Enforcement): DoorCheck[] {
  return (terms.checks ?? []).map(({ name, expression, enforcement }) => {
    const compiled = rowCheck(version, expression)
    if ('fault' in compiled) throw doesNotFit(`the check ${name}`, compiled.fault)
    return { name, expression, sql: compiled.sql, enforcement: enforcement ?? own }
  })
}

/** The contract in force as the door of one version. Errors: conflict when it does not fit. */
export function doorOf(version: Checked, contract: Pick<ContractRow, 'number' | 'terms'> | null): Door {
  if (!contract) return openDoor
  const { number, terms } = contract
  const own = terms.enforcement ?? 'strict'
  const { freshness, rows } = terms
  const age = freshness?.at_commit && freshness.max_age ? durationSeconds(freshness.max_age) : null
  return {
    contract: number,
    checks: checksOf(version, terms, own),
    unique: setsOf(version, terms, own),
    rows: rows?.per_commit ? { ...rows.per_commit, enforcement: rows.enforcement ?? own } : null,
    freshness:
      age === null
        ? null
        : {
            maxAgeSeconds: age,
            text: freshness?.max_age ?? '',
            enforcement: freshness?.enforcement ?? own,
          },
  }
}

export const keepsOut = ({ checks, unique }: Door): boolean =>
  [...checks, ...unique].some(({ enforcement }) => enforcement === 'strict')

const terms = ['min', 'max', 'allowed', 'pattern', 'nullable', 'max_null_share', 'unique'] as const

/**
 * The terms of a feature that are enforced in one way, strictly unless it says otherwise; null when there is none. What
 * the group's contract says of enforcement is said of the contract's own terms.
 */
export function termsEnforced(contract: FeatureContract | null, by: Enforcement): FeatureContract | null {
  if (!contract) return null
  const enforcementOf = (term: string) =>
    contract.enforcement_by_term?.[term] ?? contract.enforcement ?? 'strict'
  const kept = terms.filter((term) => contract[term] !== undefined && enforcementOf(term) === by)
  if (kept.length === 0) return null
  return Object.fromEntries(kept.map((term) => [term, contract[term]]))
}
