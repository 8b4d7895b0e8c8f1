import { and, desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { contractExpectations } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { isoInstant } from '@/lib/registry'
import { termWords } from './compare-terms'
import type { ContractedVersion } from './contracted-version'
import { isKnownParty } from './parties'
import type { ExpectationResource } from './resources'
import { readable } from './serialize'

export type ExpectationRow = typeof contractExpectations.$inferSelect

export function expectationOf(row: ExpectationRow, hidden: readonly string[]): ExpectationResource {
  const { terms } = readable({ terms: row.terms, texts: {} }, hidden)
  return {
    id: row.id,
    party: row.party,
    name: row.partyName,
    terms,
    promises: termWords(terms),
    reason: row.reason,
    state: row.state,
    stated_by: row.statedByName,
    stated_at: isoInstant(row.statedAt),
    decided_by: row.decidedByName,
    decided_at: row.decidedAt === null ? null : isoInstant(row.decidedAt),
    reply: row.reply,
    accepted_in: row.acceptedIn,
  }
}

/** What readers ask for, newest first; of services that the caller may know of. */
export async function expectationsOf(
  ctx: Context,
  { groupId, major, hidden }: ContractedVersion,
): Promise<ExpectationResource[]> {
  const rows = await db()
    .select()
    .from(contractExpectations)
    .where(and(eq(contractExpectations.groupId, groupId), eq(contractExpectations.major, major)))
    .orderBy(desc(contractExpectations.statedAt))
    .limit(200)
  const known: ExpectationResource[] = []
  for (const row of rows) if (await isKnownParty(ctx, row)) known.push(expectationOf(row, hidden))
  return known
}
