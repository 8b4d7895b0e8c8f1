import { and, asc, desc, eq, gte, notExists, sql } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { auditChain, auditLog } from '@/db/schema'
import { genesisHash, hashLink } from './hash'

/** Any number that only the sealer locks. */
const lockKey = 4_171_982_002
const batchRows = 1000

/** One writer in the whole cluster; the lock ends with the transaction. */
async function isOurs(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute<{ ours: boolean }>(sql`select pg_try_advisory_xact_lock(${lockKey}) as ours`)
  return row?.ours === true
}

const unsealed = (tx: Transaction, sinceId: string) =>
  tx
    .select({ id: auditLog.id, hash: auditLog.hash })
    .from(auditLog)
    .where(
      and(
        gte(auditLog.id, sinceId),
        notExists(db().select({ one: sql`1` }).from(auditChain).where(eq(auditChain.auditId, auditLog.id))),
      ),
    )
    .orderBy(asc(auditLog.id))
    .limit(batchRows)

async function sealBatch(sinceId: string): Promise<number> {
  return withTransaction(async (tx) => {
    if (!(await isOurs(tx))) return 0
    const rows = await unsealed(tx, sinceId)
    if (rows.length === 0) return 0
    const [last] = await tx.select().from(auditChain).orderBy(desc(auditChain.seq)).limit(1)
    let seq = last?.seq ?? 0
    let prevHash = last?.hash ?? genesisHash
    const sealedAt = new Date().toISOString()
    const links = rows.map((row) => {
      seq += 1
      const link = {
        seq,
        auditId: row.id,
        prevHash,
        hash: hashLink(seq, prevHash, row.id, row.hash),
        sealedAt,
      }
      prevHash = link.hash
      return link
    })
    await tx.insert(auditChain).values(links)
    return links.length
  })
}

/**
 * Links the rows that no link covers yet and returns how many. `sinceId` leaves out rows made before it: ids are
 * ordered by time. Another process that seals at this moment makes this a no-op.
 */
export async function seal(sinceId = ''): Promise<number> {
  let total = 0
  for (;;) {
    const count = await sealBatch(sinceId)
    total += count
    if (count < batchRows) return total
  }
}
