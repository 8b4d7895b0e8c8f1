import { and, desc, eq, isNull, lte } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { contractVersions } from '@/db/schema'

export type ContractRow = typeof contractVersions.$inferSelect

interface Place {
  groupId: string
  major: number
}

/** The contract that holds for a version of a group at an instant: agreed on, valid, and the newest such. */
export async function contractInForce(
  { groupId, major }: Place,
  at: Date,
  executor: Executor = db(),
): Promise<ContractRow | null> {
  const instant = at.toISOString()
  const [row] = await executor
    .select()
    .from(contractVersions)
    .where(
      and(
        eq(contractVersions.groupId, groupId),
        eq(contractVersions.major, major),
        lte(contractVersions.agreedAt, instant),
        lte(contractVersions.validFrom, instant),
        isNull(contractVersions.withdrawnAt),
      ),
    )
    .orderBy(desc(contractVersions.number))
    .limit(1)
  return row ?? null
}
