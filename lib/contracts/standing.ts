import type { Executor } from '@/db/client'
import { compareContracts, overallChange, type Promised } from './compare-terms'
import type { ContractedVersion } from './contracted-version'
import type { ContractRow } from './in-force'
import { readingServices, stillAsked } from './parties'
import { type SignatureRow, signaturesOf } from './queries'

interface Known {
  /** Newest first. */
  rows: ContractRow[]
  inForce: ContractRow | null
}

/** What a contract of this number takes the place of, newest first: what holds, and what was agreed on for a later date. */
export const standingBefore = ({ rows, inForce }: Known, number: number): ContractRow[] =>
  rows.filter(
    (row) =>
      row.number < number &&
      row.agreedAt !== null &&
      row.withdrawnAt === null &&
      row.number >= (inForce?.number ?? 0),
  )

/** What a contract promises beside all that it takes the place of: `less` as soon as one of them promises more. */
export function changeOf(standing: readonly ContractRow[], promised: Promised): ContractRow['change'] {
  const [newest] = standing
  if (!newest) return 'first'
  const changes = standing.map((row) => overallChange(compareContracts(row, promised)))
  return changes.includes('less') ? 'less' : overallChange(compareContracts(newest, promised))
}

/** Those who signed any of these and still read, once each. */
export async function signersOf(
  standing: readonly ContractRow[],
  version: ContractedVersion,
  executor: Executor,
): Promise<SignatureRow[]> {
  const ids = standing.map(({ id }) => id)
  const signed = await signaturesOf(ids, executor)
  const newestFirst = signed.sort((a, b) => ids.indexOf(a.contractId) - ids.indexOf(b.contractId))
  const once = new Map<string, SignatureRow>()
  for (const one of stillAsked(newestFirst, await readingServices(version, executor))) {
    const key = `${one.party} ${one.partyId}`
    if (!once.has(key)) once.set(key, one)
  }
  return [...once.values()]
}
