import { and, eq, isNull, notInArray } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { people, teamMembers } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { standsFor, withMakers } from '@/lib/registry'
import type { ContractRow } from './in-force'

/**
 * Whether a signature of a party would be its proposer's own word: whoever proposed a contract signs it for no reader
 * whose team has somebody else.
 */
export async function isOwnProposal(
  ctx: Context,
  row: ContractRow,
  teamId: string | null,
  executor: Executor,
): Promise<boolean> {
  const proposers = await withMakers([row.proposedById], executor)
  const callers = await standsFor(ctx.actor, executor)
  if (!callers.some((id) => proposers.includes(id))) return false
  const [other] = await executor
    .select({ id: people.id })
    .from(teamMembers)
    .innerJoin(people, eq(people.id, teamMembers.principalId))
    .where(
      and(
        eq(teamMembers.teamId, teamId ?? ''),
        isNull(people.disabledAt),
        notInArray(people.id, [...callers, ...proposers]),
      ),
    )
    .limit(1)
  return other !== undefined
}
