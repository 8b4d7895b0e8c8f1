import { isoInstant, namesIn } from '@/lib/registry'
import { compareContracts, type Promised, termWords } from './compare-terms'
import type { ContractRow } from './in-force'
import { type SignatureRow, stateOf } from './queries'
import type { ContractVersionResource } from './resources'

const orNull = (text: string | null) => (text === null ? null : isoInstant(text))

/** Whether a text names something that its reader may not know of. */
export const names = (text: string, hidden: readonly string[]): boolean => {
  if (hidden.length === 0) return false
  const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])
  return hidden.some((name) => words.has(name))
}

/** A contract as its reader may see it: without promises that name a feature which is hidden from them. */
export function readable(promised: Promised, hidden: readonly string[]): Promised {
  if (hidden.length === 0) return promised
  const { terms, texts } = promised
  const isOpen = (text: string) => !names(text, hidden)
  return {
    texts,
    terms: {
      ...terms,
      checks: terms.checks?.filter(({ expression }) => !hidden.some((name) => namesIn(expression).has(name))),
      unique: terms.unique?.filter(({ columns }) => columns.every(isOpen)),
      null_share: terms.null_share?.filter(({ feature }) => isOpen(feature)),
    },
  }
}

export interface Shown {
  group: string
  major: number
  row: ContractRow
  inForce: ContractRow | null
  /** The contract that it was proposed after. */
  before: ContractRow | null
  signatures: SignatureRow[]
  waitsFor: string[]
  hidden: readonly string[]
}

export function contractVersionOf(shown: Shown): ContractVersionResource {
  const { group, major, row, inForce, before, signatures, waitsFor, hidden } = shown
  const own = readable(row, hidden)
  return {
    group,
    version: major,
    number: row.number,
    state: stateOf(row, inForce),
    terms: own.terms,
    promises: termWords(own.terms),
    ...own.texts,
    change: row.change,
    changes: compareContracts(before ? readable(before, hidden) : { terms: {}, texts: {} }, own),
    reason: row.reason,
    valid_from: isoInstant(row.validFrom),
    proposed_at: isoInstant(row.proposedAt),
    proposed_by: row.proposedByName,
    agreed_at: orNull(row.agreedAt),
    withdrawn:
      row.withdrawnAt === null
        ? null
        : { at: isoInstant(row.withdrawnAt), reason: row.withdrawnReason ?? '' },
    signatures: signatures.map((one) => ({
      party: one.party,
      name: one.partyName,
      signed_by: one.signedByName,
      signed_at: isoInstant(one.signedAt),
      carried_from: one.carriedFrom,
    })),
    waits_for: waitsFor,
  }
}
