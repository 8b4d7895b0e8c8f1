import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { contractSignatures, contractVersions } from '@/db/schema'
import type { ContractRow } from './in-force'

export type SignatureRow = typeof contractSignatures.$inferSelect

interface Place {
  groupId: string
  major: number
}

/** All contracts of a version, newest first. */
export const contractsOf = ({ groupId, major }: Place, executor: Executor = db()): Promise<ContractRow[]> =>
  executor
    .select()
    .from(contractVersions)
    .where(and(eq(contractVersions.groupId, groupId), eq(contractVersions.major, major)))
    .orderBy(desc(contractVersions.number))

export const signaturesOf = async (ids: string[], executor: Executor = db()): Promise<SignatureRow[]> =>
  ids.length === 0
    ? []
    : executor
        .select()
        .from(contractSignatures)
        .where(inArray(contractSignatures.contractId, ids))
        .orderBy(asc(contractSignatures.party), asc(contractSignatures.signedAt))

/** Marks a contract as agreed on, once. */
export const agree = async (tx: Executor, id: string, at: string): Promise<void> => {
  await tx
    .update(contractVersions)
    .set({ agreedAt: at })
    .where(and(eq(contractVersions.id, id), isNull(contractVersions.agreedAt)))
}

export type ContractState = 'proposed' | 'agreed' | 'in_force' | 'superseded' | 'withdrawn'

/** `agreed`: signed by all who were asked, and not valid yet. */
export function stateOf(row: ContractRow, inForce: ContractRow | null): ContractState {
  if (row.withdrawnAt !== null) return 'withdrawn'
  if (inForce?.id === row.id) return 'in_force'
  if (inForce && row.number < inForce.number) return 'superseded'
  return row.agreedAt === null ? 'proposed' : 'agreed'
}
